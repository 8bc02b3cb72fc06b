import Testing

@testable import Terminal

@Suite struct BrailleChartTests {
  private func lines(
    _ chart: BrailleChart, _ columns: Int = 30, _ rows: Int = 8, glyphs: Glyphs = .unicode
  ) -> [String] {
    var canvas = Canvas(Size(columns: columns, rows: rows), glyphs: glyphs)
    chart.draw(on: &canvas, in: canvas.bounds)
    return canvas.lines
  }

  private let rising = BrailleChart.Series(
    points: [
      .init(x: 0, y: 0), .init(x: 5, y: 5, isJoined: true), .init(x: 10, y: 10, isHollow: true),
    ], range: 0...10, labels: [.init(0, "0"), .init(10, "10")])

  @Test func drawsPointsLinesAndScales() {
    let chart = BrailleChart(
      rising, over: 0...10, ticks: [.init(0, "Mon"), .init(5, "Wed"), .init(10, "Fri")])
    #expect(
      lines(chart) == [
        "10┤                         ○",
        "  │",
        "  │",
        "  │          ⣀⠤⠒●",
        "  │     ⣀⡠⠔⠊⠉",
        " 0┤ ●⠤⠒⠉",
        "  └─┴───────────┴───────────┴─",
        "   Mon         Wed         Fri",
      ])
  }

  @Test func drawsInASCII() {
    let chart = BrailleChart(
      rising, over: 0...10, thresholds: [.init(8, "high")],
      ticks: [.init(0, "Mon"), .init(10, "Fri")])
    let lines = lines(chart, glyphs: .ascii)
    #expect(
      lines == [
        "10+                         o",
        "  |-------------------- high -",
        "  |",
        "  |          .''*",
        "  |     ..'''",
        " 0+ *'''",
        "  +-+-----------------------+-",
        "   Mon                     Fri",
      ])
    #expect(lines.joined().unicodeScalars.allSatisfy { $0.isASCII })
  }

  @Test func aSecondSeriesHasItsScaleAtTheRight() {
    let falling = BrailleChart.Series(
      points: [.init(x: 0, y: 200), .init(x: 10, y: 100, isJoined: true)], range: 100...200,
      labels: [.init(200, "200"), .init(100, "100")])
    let chart = BrailleChart(rising, falling, over: 0...10, ticks: [.init(0, "Mon")], cursor: 5)
    #expect(
      lines(chart) == [
        "10┤ ◆ ⢄       ┊         ○ ├200",
        "  │     ⠑ ⣀   ┊           │",
        "  │         ⠢ ⡀           │",
        "  │        ⢀⡠⠔● ⠢         │",
        "  │    ⢀⡠⠔⠊⠁  ┊   ⠉ ⢄     │",
        " 0┤ ●⠔⠊⠁      ┊       ⠑ ◆ ├100",
        "  └─┴─────────▲───────────┘",
        "   Mon",
      ])
  }

  /// Three days of ten are three tenths of the way.
  @Test func timeIsTrueToScale() {
    let points = [0.0, 3, 10].map { BrailleChart.Point(x: $0, y: 5) }
    let row = lines(
      BrailleChart(.init(points: points, range: 0...10), over: 0...10), 103, 7)[2]
    let columns = Array(row).enumerated().filter { $0.element == "●" }.map(\.offset)
    #expect(columns == [2, 32, 101])
  }

  @Test func nothingIsDrawnOutside() {
    let chart = BrailleChart(rising, over: 0...10, ticks: [.init(0, "2026"), .init(10, "2027")])
    var canvas = Canvas(Size(columns: 32, rows: 10))
    canvas.fill(canvas.bounds, with: "#")
    let rect = canvas.bounds.inset(by: 1)
    canvas.fill(rect)
    chart.draw(on: &canvas, in: rect)
    for y in 0..<10 {
      for x in 0..<32 where !rect.contains(Point(x: x, y: y)) { #expect(canvas[x, y].text == "#") }
    }
  }

  @Test func whatIsBeyondTheScaleIsNotDrawn() {
    let series = BrailleChart.Series(
      points: [.init(x: 0, y: 5), .init(x: 10, y: 11, isJoined: true)], range: 0...10)
    let text = lines(BrailleChart(series, over: 0...10)).joined()
    #expect(text.filter { $0 == "●" }.count == 1)
    #expect(!text.unicodeScalars.contains { (0x2801...0x28FF).contains($0.value) })
  }

  @Test func aThresholdIsNamedWhereItCoversNoCurve() {
    let flat = BrailleChart.Series(
      points: [.init(x: 0, y: 5), .init(x: 10, y: 5, isJoined: true)], range: 0...10)
    func text(_ y: Double) -> String {
      lines(BrailleChart(flat, over: 0...10, thresholds: [.init(y, "C ↑")])).joined()
    }
    #expect(text(9).contains("╌ C ↑ ╌"))
    #expect(!text(5).contains("C"))
    #expect(!text(12).contains("╌"))
  }

  @Test func nothingIsDrawnWithoutRoom() {
    let chart = BrailleChart(rising, over: 0...10)
    #expect(lines(chart, 10, 8).allSatisfy { $0.isEmpty })
    #expect(lines(chart, 30, 4).allSatisfy { $0.isEmpty })
  }

  @Test func aSinglePlaceStandsInTheMiddle() {
    let series = BrailleChart.Series(points: [.init(x: 4, y: 1)], range: 0...2)
    let row = lines(BrailleChart(series, over: 4...4), 22, 7).first { $0.contains("●") }
    #expect(row.map { Array($0).firstIndex(of: "●") } == 11)
  }

  @Test(arguments: [
    (0.0...10.0, 6, [0.0, 2, 4, 6, 8, 10], 0), (27.3...29.1, 4, [27.5, 28, 28.5, 29], 1),
    (96...231, 5, [100, 150, 200], 0), (1.02...1.07, 4, [1.02, 1.04, 1.06], 2),
  ]) func stepsAreRound(
    range: ClosedRange<Double>, count: Int, numbers: [Double], decimals: Int
  ) {
    let steps = BrailleChart.steps(in: range, atMost: count)
    #expect(zip(steps.numbers, numbers).allSatisfy { abs($0 - $1) < 1e-9 }, "\(steps)")
    #expect(steps.numbers.count == numbers.count)
    #expect(steps.decimals == decimals)
  }

  @Test func stepsOfNothingAreItsPlace() {
    #expect(BrailleChart.steps(in: 3...3, atMost: 4).numbers == [3])
  }
}
