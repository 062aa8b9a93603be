import Foundation
import Testing

@testable import Figures

@Suite("The palette") struct PaletteTests {
  @Test("reads contrast as WCAG does")
  func contrast() {
    #expect(abs(RGB(0xFFFFFF).contrast(with: RGB(0x000000)) - 21) < 1e-9)
    #expect(abs(RGB(0x777777).contrast(with: RGB(0xFFFFFF)) - 4.48) < 0.005)
    #expect(RGB(0x0072B2).css == "#0072b2")
  }

  @Test("tells every series from both panels by 3 to 1", arguments: SeriesStyle.allCases)
  func series(style: SeriesStyle) {
    let ink = style.ink
    #expect(ink.light.contrast(with: Ink.panel.light) >= 3)
    #expect(ink.dark.contrast(with: Ink.panel.dark) >= 3)
    // Printed on a dark page, or read where a viewer ignores the media query.
    #expect(ink.light.contrast(with: Ink.panel.dark) >= 3)
  }

  @Test("writes text at 4.5 to 1 on both panels", arguments: [Ink.ink, .muted])
  func text(ink: Ink) {
    #expect(ink.light.contrast(with: Ink.panel.light) >= 4.5)
    #expect(ink.dark.contrast(with: Ink.panel.dark) >= 4.5)
  }

  @Test("prints values at 4.5 to 1 on the deepest cell", arguments: [Ink.blue, .vermillion])
  func cells(ink: Ink) {
    for value in [\Ink.light, \Ink.dark] {
      let cell = mixed(ink[keyPath: value], over: Ink.panel[keyPath: value], HeatMap.deepest)
      #expect(Ink.ink[keyPath: value].contrast(with: cell) >= 4.5)
    }
  }

  @Test("shares no colour, no dash and no marker")
  func distinct() {
    #expect(Set(Ink.allCases.map(\.light)).count == Ink.allCases.count)
    #expect(Set(Ink.allCases.map(\.dark)).count == Ink.allCases.count)
    #expect(Set(SeriesStyle.allCases.map(\.dash)).count == 4)
    #expect(Set(SeriesStyle.allCases.map(\.marker)).count == 4)
  }

  private func mixed(_ top: RGB, over ground: RGB, _ opacity: Double) -> RGB {
    func channel(_ path: KeyPath<RGB, UInt8>) -> UInt32 {
      let value =
        opacity * Double(top[keyPath: path]) + (1 - opacity) * Double(ground[keyPath: path])
      return UInt32(value.rounded())
    }
    return RGB(channel(\.red) << 16 | channel(\.green) << 8 | channel(\.blue))
  }
}

extension RGB {
  /// Relative luminance, 0…1 (WCAG 2.2, "relative luminance").
  private var luminance: Double {
    func linear(_ channel: UInt8) -> Double {
      let c = Double(channel) / 255
      return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// Contrast ratio, 1…21 (WCAG 2.2, "contrast ratio").
  fileprivate func contrast(with other: RGB) -> Double {
    let (a, b) = (luminance, other.luminance)
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }
}
