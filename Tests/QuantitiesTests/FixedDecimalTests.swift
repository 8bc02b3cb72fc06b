import TestSupport
import Testing

@testable import Quantities

@Suite struct FixedDecimalTests {
  @Test(arguments: [
    ("0", "0"), ("-0", "0"), ("+1", "1"), ("1.50", "1.5"), (".5", "0.5"), ("1.", "1"),
    ("0.00000001", "0.00000001"), ("-0.10", "-0.1"), ("1.000000000", "1"),
    ("9999999999999999999999999999.99999999", "9999999999999999999999999999.99999999"),
  ])
  func reads(text: String, wanted: String) {
    #expect(FixedDecimal(text)?.description == wanted)
  }

  @Test(arguments: [
    "", "-", ".", "1e5", "1,5", "0x1", "1 ", "0.000000001", "١", "1.2.3", "--1",
    "10000000000000000000000000000", "-10000000000000000000000000000.0",
  ])
  func refuses(text: String) {
    #expect(FixedDecimal(text) == nil)
  }

  @Test(arguments: [
    ("0.123456789", "0.12345679", true), ("-0.123456785", "-0.12345679", true),
    ("0.123456784999", "0.12345678", true), ("1.000000000", "1", false), ("1e3", "1000", false),
    ("2.5E-3", "0.0025", false), ("+1.5e+2", "150", false), (".5e1", "5", false),
    ("1.e0", "1", false), ("5e-9", "0.00000001", true), ("4.999e-9", "0", true),
    ("1e-100", "0", true), ("-1e-100", "0", true), ("1e-999999999999999999999", "0", true),
    ("0e999999999", "0", false), ("0.000e5", "0", false), ("-0", "0", false),
    ("0.0001e4", "1", false), ("123456789e-9", "0.12345679", true),
    ("00000000000000000000000000000000000012", "12", false),
    ("9999999999999999999999999999.99999999", "9999999999999999999999999999.99999999", false),
    ("9999999999999999999999999999.999999994", "9999999999999999999999999999.99999999", true),
    ("0.00000000000000000000000000000001e32", "1", false),
    ("1e27", "1000000000000000000000000000", false),
  ])
  func readsRoundingAndExponents(text: String, wanted: String, rounds: Bool) {
    var isRounded = !rounds
    #expect(FixedDecimal(rounding: text, isRounded: &isRounded)?.description == wanted)
    #expect(isRounded == rounds)
  }

  @Test(arguments: [
    "", "-", ".", "e", "e5", "1e", "1e+", "1e-", "1e5.0", "1e5e5", "1e 5", "1,5", "0x1", "1 ", "١",
    "1.2.3", "--1", "1e28", "-1e28", "1e999999999", "1e99999999999999999999", "inf", "nan", "1e٣",
    "9999999999999999999999999999.999999995", "10000000000000000000000000000",
  ])
  func refusesRoundingWhatIsNone(text: String) {
    var isRounded = false
    #expect(FixedDecimal(rounding: text, isRounded: &isRounded) == nil)
  }

  /// Where both read a text, they agree.
  @Test func bothReadersAgree() {
    var numbers = SeededRandom(3)
    for _ in 0..<5_000 {
      let length = Int.random(in: 0...12, using: &numbers)
      let text = String((0..<length).compactMap { _ in "0012345.-".randomElement(using: &numbers) })
      var isRounded = false
      let rounded = FixedDecimal(rounding: text, isRounded: &isRounded)
      if let exact = FixedDecimal(text) {
        #expect(rounded == exact, "\(text)")
        #expect(!isRounded, "\(text)")
      } else {
        #expect(rounded == nil || isRounded, "\(text)")
      }
    }
  }

  @Test func calculatesExactly() throws {
    let tenth: FixedDecimal = 0.1
    #expect(tenth.plus(0.2) == 0.3)
    #expect(FixedDecimal(2).minus(1.1) == 0.9)
    #expect(FixedDecimal(10).divided(by: 3)?.description == "3.33333333")
    #expect(FixedDecimal(20).divided(by: 3)?.description == "6.66666667")
    #expect(FixedDecimal(-20).divided(by: 3)?.description == "-6.66666667")
    #expect(FixedDecimal(1).divided(by: 0) == nil)
    #expect(FixedDecimal(0.00000001).times(0.5)?.description == "0.00000001")
    #expect(FixedDecimal(10.1).wholeQuotient(by: -3.1) == -3)
    #expect(FixedDecimal(-10).wholeQuotient(by: 3) == -3)
    #expect(FixedDecimal(1).wholeQuotient(by: 0) == nil)
    #expect(FixedDecimal(-10).remainder(by: 3) == -1)
    #expect(FixedDecimal(10).remainder(by: 0) == nil)
  }

  @Test func raises() {
    #expect(FixedDecimal(2).raised(to: 30) == FixedDecimal(1_073_741_824))
    #expect(FixedDecimal(2).raised(to: -2) == 0.25)
    #expect(FixedDecimal(10).raised(to: -8) == .step)
    #expect(FixedDecimal(10).raised(to: -40) == .zero)
    #expect(FixedDecimal(10).raised(to: 40) == nil)
    #expect(FixedDecimal(0).raised(to: 0) == 1)
    #expect(FixedDecimal(0).raised(to: -1) == nil)
    #expect(FixedDecimal(-1).raised(to: Int.min) == 1)
  }

  @Test func staysWithinItsRange() throws {
    let largest = try #require(FixedDecimal("9999999999999999999999999999.99999999"))
    #expect(largest.isInRange)
    let beyond = try #require(largest.plus(.step))
    #expect(!beyond.isInRange)
    #expect(beyond.minus(.step) == largest)
    #expect(largest.times(100) == nil)
    #expect(largest.times(largest) == nil)
    #expect(largest.divided(by: .step) == nil)
    #expect(largest.wholeQuotient(by: .step) == nil)
    var sum: FixedDecimal? = largest
    for _ in 0..<60 { sum = sum?.plus(largest) }
    #expect(sum == nil)
  }

  @Test(arguments: [
    ("0.5", "1", "1", "0", "1", "0"), ("-0.5", "-1", "0", "-1", "0", "0"),
    ("1.5", "2", "2", "1", "2", "1"), ("-1.1", "-1", "-1", "-2", "-1", "-1"),
    ("2", "2", "2", "2", "2", "2"), ("-1.5", "-2", "-1", "-2", "-1", "-1"),
  ])
  func rounds(
    text: String, away: String, halfUp: String, down: String, up: String, towardZero: String
  ) throws {
    let value = try #require(FixedDecimal(text))
    #expect(value.rounded().description == away)
    #expect(value.rounded(to: 0, .halfUp).description == halfUp)
    #expect(value.rounded(to: 0, .down).description == down)
    #expect(value.rounded(to: 0, .up).description == up)
    #expect(value.rounded(to: 0, .towardZero).description == towardZero)
  }

  @Test func writesWithDecimals() {
    #expect(FixedDecimal(3.14159).rounded(to: 2) == 3.14)
    #expect(FixedDecimal(2).formatted(decimals: 2) == "2.00")
    #expect(FixedDecimal(-0.005).formatted(decimals: 2) == "-0.01")
    #expect(FixedDecimal(-0.004).formatted(decimals: 2) == "0.00")
    #expect(FixedDecimal(1.05).formatted(decimals: 0) == "1")
    #expect(FixedDecimal(1.05).significantPlaces == 2)
    #expect(FixedDecimal(100).significantPlaces == 0)
    #expect(FixedDecimal(-0.1).significantPlaces == 1)
  }

  @Test func meetsBinaryNumbers() throws {
    #expect(FixedDecimal(34.2).description == "34.2")
    #expect(FixedDecimal(Double.nan) == nil)
    #expect(FixedDecimal(Double.infinity) == nil)
    #expect(FixedDecimal(1e28 as Double) == nil)
    for text in ["0.1", "2.6", "17.1", "88.4", "123456789.12345678", "-0.35"] {
      let value = try #require(FixedDecimal(text))
      #expect(value.double == Double(text))
      #expect(FixedDecimal(value.double) == value)
    }
    #expect(FixedDecimal(7).wholeNumber == 7)
    #expect(FixedDecimal(7.5).wholeNumber == nil)
    #expect(FixedDecimal(-3).sign == -1)
    #expect(FixedDecimal(-3).magnitude == 3)
    #expect(FixedDecimal(-3) < 2)
  }
}
