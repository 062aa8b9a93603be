#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Ends the program with a sentence where something is off.
func check(_ holds: Bool, _ sentence: @autoclosure () -> String) {
  guard !holds else { return }
  print("outside: \(sentence())")
  exit(1)
}
