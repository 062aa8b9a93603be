import ProgramSupport
import Testing

@Suite("Checkpoint options")
struct CheckpointOptionsTests {
  @Test("read intervals of time and of steps")
  func intervals() {
    func interval(_ text: String) -> CheckpointOptions.Every? { CheckpointOptions.parse(text) }
    #expect(interval("500steps") == .steps(500) && interval("1 step") == .steps(1))
    #expect(interval("90s") == .seconds(90) && interval("10min") == .seconds(600))
    #expect(interval("1.5h") == .seconds(5400))
    for text in ["", "10", "0min", "-1s", "min", "0steps", "1.5steps", "1e400s", "x", "10 m"] {
      #expect(interval(text) == nil, "\(text)")
    }
    let standard = CheckpointOptions().interval(seconds: { $0 }, steps: { Double(-$0) })
    #expect(standard == 600)
  }
}
