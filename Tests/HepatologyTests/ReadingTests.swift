import Testing

@testable import Hepatology
@testable import Quantities

/// What a text becomes, in the words of a test: the value, or what was refused.
private func read(_ text: String, _ variable: Variable, in unit: String? = nil) throws -> Reading {
  variable.read(text, in: try unit.map { try Unit(ucum: $0) })
}

private func quantity(_ text: String, _ variable: Variable, in unit: String? = nil) throws
  -> String?
{
  guard case .quantity(let quantity, let bound) = try read(text, variable, in: unit).value else {
    return nil
  }
  let sign: [Value.Bound: String] = [.exact: "", .below: "< ", .above: "> "]
  return (sign[bound] ?? "") + "\(quantity)"
}

private func refusal(_ text: String, _ variable: Variable, in unit: String? = nil) throws
  -> Refusal?
{
  if case .refused(let error) = try read(text, variable, in: unit) { error } else { nil }
}

struct NumberReadingTests {
  @Test(arguments: [
    ("2.1", "2.1"), ("2,1", "2.1"), ("2.", "2"), (".9", "0.9"), ("+2.1", "2.1"), ("2.10", "2.1"),
    ("  2.1\t", "2.1"), ("< 2", "< 2"), ("<2", "< 2"), (">  8", "> 8"), ("002.1", "2.1"),
    ("2.10000000", "2.1"), ("1.50000000000000", "1.5"),
  ])
  func takes(_ text: String, _ expected: String) throws {
    #expect(try quantity(text, .inr) == expected)
  }

  @Test(arguments: ["-", "+", ".", ",", "<", ">", "< ", "<."])
  func halfTyped(_ text: String) throws {
    let error = try #require(try refusal(text, .inr))
    #expect(error.isUnfinished, "\(error)")
  }

  @Test(arguments: [
    "1.2.3", "1,2,3", "1,234.5", "NaN", "nan", "inf", "infinity", "-inf", "1e3", "0x10", "--1",
    "1-2", "−", "٣", "2\u{0}1", "2\u{1b}[31m", "½", "2²", "abc", "<>2", "2 < 3", "=2",
    "99999999999999999999999999999999",
  ])
  func refuses(_ text: String) throws {
    let error = try #require(try refusal(text, .inr))
    #expect(!error.description.isEmpty)
    #expect(!error.description.unicodeScalars.contains { $0.value == 0x1b || $0.value == 0 })
  }

  @Test func saysWhatIsWrong() throws {
    #expect(try "\(#require(try refusal("1.2.3", .inr)))".contains("two decimal points"))
    #expect(try "\(#require(try refusal("21", .inr)))" == "must be 0.5 to 20")
    #expect(try "\(#require(try refusal("2 mg/dL", .inr)))".contains("no unit"))
  }

  @Test(arguments: ["-1", "−1", "0", "0.0", "-0"])
  func negativeAndZeroAreOutOfRange(_ text: String) throws {
    #expect(try refusal(text, .inr) != nil)
    #expect(try refusal(text, .creatinine, in: "mg/dL") != nil)
  }

  @Test func negativeIsTakenWhereItMakesSense() throws {
    #expect(try quantity("-12", .totalBilirubinDailyRise, in: "umol/L/d") == "-12 umol/L/d")
    #expect(try quantity("−12", .totalBilirubinDailyRise, in: "umol/L/d") == "-12 umol/L/d")
  }

  @Test func ages() throws {
    #expect(try quantity("0", .age) == "0 a")
    #expect(try quantity("130", .age) == "130 a")
    #expect(try refusal("131", .age) != nil)
    #expect(try refusal("-1", .age) != nil)
    #expect(try quantity("18 years", .age) == "18 a")
    #expect(try quantity("17.9", .age) == "17.9 a")
  }

  @Test func longTexts() throws {
    for length in [64, 65, 400, 100_000] {
      let text = String(repeating: "1", count: length)
      #expect(try refusal(text, .inr) != nil)
    }
    #expect(
      try "\(#require(try refusal(String(repeating: "9", count: 400), .inr)))"
        .contains("longer than 64"))
    // Zeros in front and behind change nothing as long as the text is not too long.
    #expect(try quantity(String(repeating: "0", count: 60) + "2.1", .inr) == "2.1")
  }

  @Test func wholeNumbers() throws {
    let points = Variable.childPughBeforeOnset
    #expect(try quantity("9", points) == "9")
    #expect(try refusal("9.5", points)?.description == "must be a whole number")
  }

  /// A comma is said where it may part thousands: with three digits behind it, and no more or fewer.
  @Test(arguments: ["1", "10", "100", "1000", "10000", "100000", "1000000", "10000000"])
  func commaBeforeThreeDigitsIsSaid(_ decimals: String) throws {
    let expected: [Remark] = decimals.count == 3 ? [.commaIsDecimal(2.1)] : []
    #expect(try read("2,\(decimals)", .inr) == .value(value(2.1), remarks: expected))
    #expect(try read("<2,\(decimals)", .inr) == .value(value(2.1, .below), remarks: expected))
    #expect(try read("2.\(decimals)", .inr) == .value(value(2.1), remarks: []))
  }

  private func value(_ number: FixedDecimal, _ bound: Value.Bound = .exact) -> Value {
    .quantity(Quantity(number, .one), bound)
  }
}

struct UnitReadingTests {
  @Test(arguments: [
    "214 umol/L", "214umol/L", "214 µmol/L", "214 μmol/l", "214  UMOL/L", "214 umol / L",
    "214 micromol",
  ])
  func spellings(_ text: String) throws {
    if text.hasSuffix("micromol") {
      #expect(try refusal(text, .totalBilirubin) != nil)
    } else {
      #expect(try quantity(text, .totalBilirubin) == "214 umol/L")
    }
  }

  @Test(arguments: [
    ("98 10^9/L", "98 10*9/L"), ("98 10*9/L", "98 10*9/L"), ("98 10⁹/L", "98 10*9/L"),
    ("98 K/uL", "98 10*3/uL"), ("98 10^3/µL", "98 10*3/uL"), ("98000 /uL", "98000 /uL"),
    ("98000/µl", "98000 /uL"),
  ])
  func cells(_ text: String, _ expected: String) throws {
    #expect(try quantity(text, .platelets) == expected)
  }

  @Test func missingUnit() throws {
    let error = try #require(try refusal("12.5", .totalBilirubin))
    #expect(error.description == "needs a unit: write umol/L or mg/dL")
    #expect(try quantity("12.5", .totalBilirubin, in: "mg/dL") == "12.5 mg/dL")
    // What is typed wins over the unit in force.
    #expect(try quantity("214 umol/L", .totalBilirubin, in: "mg/dL") == "214 umol/L")
    // Where no two units compete the canonical one is meant.
    #expect(try quantity("135", .sodium) == "135 mmol/L")
  }

  @Test func ureaMustSayWhich() throws {
    let error = try #require(try refusal("20 mg/dL", .urea))
    #expect(error.description.contains("mg/dL{urea} or mg/dL{BUN}"))
    #expect(try quantity("20 mg/dL BUN", .urea) == "20 mg/dL{BUN}")
    #expect(try quantity("20 mg/dL{urea}", .urea) == "20 mg/dL{urea}")
    #expect(try quantity("7 mmol/L", .urea) == "7 mmol/L")
  }

  @Test(arguments: ["12 m", "12 mg", "12 mg/", "12 umol", "12 u"])
  func halfTypedUnits(_ text: String) throws {
    let error = try #require(try refusal(text, .totalBilirubin))
    #expect(error.description.contains("umol/L or mg/dL"), "\(error)")
  }

  @Test(arguments: ["12 kg", "12 mmHg", "12 a", "12 %", "12 U/L", "12 mg/dL mg/dL", "12 {x"])
  func wrongUnits(_ text: String) throws {
    #expect(try refusal(text, .totalBilirubin) != nil)
  }

  @Test func otherUnitIsAskedFor() throws {
    guard case .value(_, let remarks) = try read("12.5 umol/L", .totalBilirubin) else {
      Issue.record("12.5 umol/L was refused")
      return
    }
    #expect(
      remarks.map(\.description)
        == ["12.5 µmol/L is unusual here, 12.5 mg/dL is not: which?"])
    // Ordinary in its own unit: no question.
    guard case .value(_, let none) = try read("12.5 mg/dL", .totalBilirubin) else {
      Issue.record("12.5 mg/dL was refused")
      return
    }
    #expect(none.isEmpty)
    // Refused, with the unit in which it would be ordinary.
    let error = try #require(try refusal("214 mg/dL", .totalBilirubin))
    #expect(error.description.hasSuffix("214 µmol/L would be ordinary"), "\(error)")
  }

  @Test func softLimits() throws {
    guard case .value(_, let remarks) = try read("9", .inr) else {
      Issue.record("9 was refused")
      return
    }
    #expect(remarks.count == 1)
    for edge in ["0.8", "8"] {
      guard case .value(_, let none) = try read(edge, .inr) else {
        Issue.record("\(edge) was refused")
        continue
      }
      #expect(none.isEmpty)
    }
    for edge in ["0.5", "20"] { #expect(try quantity(edge, .inr) == edge) }
    for beyond in ["0.49999999", "20.00000001"] { #expect(try refusal(beyond, .inr) != nil) }
  }

  @Test func bounds() throws {
    #expect(try quantity("< 40 %", .prothrombinActivity) == "< 40 %")
    #expect(try quantity(">1000 U/L", .ast) == "> 1000 U/L")
    #expect(try quantity("<5 umol/L", .totalBilirubin) == "< 5 umol/L")
  }
}

struct AnswerReadingTests {
  @Test(arguments: [
    ("yes", true), ("Y", true), ("no", false), ("N", false), ("1", true), ("0", false),
    ("TRUE", true), ("false", false),
  ])
  func yesNo(_ text: String, _ expected: Bool) {
    #expect(Variable.renalReplacement.read(text).value == .yesNo(expected))
  }

  @Test(arguments: ["maybe", "yess", "2", "ye s", "\u{1b}"])
  func notYesNo(_ text: String) {
    #expect(Variable.renalReplacement.read(text).value == nil)
  }

  @Test func choices() {
    #expect(Variable.encephalopathyGrade.read("2").value == .choice("2"))
    #expect(Variable.encephalopathyGrade.read("5").value == nil)
    #expect(Variable.encephalopathyGrade.read("-1").value == nil)
    #expect(Variable.ascites.read("mod").value == .choice("moderate"))
    // An ambiguous beginning is unfinished, not wrong.
    guard case .refused(let error) = Variable.ascites.read("m") else {
      Issue.record("'m' was taken")
      return
    }
    #expect(error.isUnfinished)
    #expect(Variable.sex.read("F").value == .choice("female"))
  }

  @Test func severalChoices() {
    #expect(Variable.aetiology.read("hbv, alcohol").value == .choices(["hbv", "alcohol"]))
    #expect(Variable.aetiology.read("HBV+HCV").value == .choices(["hbv", "hcv"]))
    #expect(Variable.aetiology.read("hbv, kuru").value == nil)
    #expect(Variable.aetiology.read(",").value == nil)
  }

  @Test func events() throws {
    let event = Variable.malignancy
    #expect(event.read("never").value == .event(.never))
    #expect(event.read("no").value == .event(.never))
    #expect(event.read("Ongoing").value == .event(.ongoing))
    #expect(event.read("now").value == .event(.ongoing))
    let day = try #require(Day(2026, 11, 21))
    #expect(event.read("2026-11-21").value == .event(.on(day)))
    let leap = try #require(Day(2024, 2, 29))
    #expect(event.read("2024-02-29").value == .event(.on(leap)))
    for wrong in ["2025-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "21.11.2026"] {
      #expect(event.read(wrong).value == nil, "\(wrong)")
    }
    guard case .refused(let error) = event.read("2026-1") else {
      Issue.record("2026-1 was taken")
      return
    }
    #expect(error.isUnfinished)
  }
}

struct PatientTests {
  @Test func keepsWhatWasTyped() throws {
    var patient = Patient()
    patient.enter("12,50 mg/dl", for: .totalBilirubin)
    #expect(patient[.totalBilirubin]?.typed == "12,50 mg/dl")
    patient.enter("1.2.3", for: .inr)
    #expect(patient[.inr]?.typed == "1.2.3")
    #expect(patient.value(of: .inr) == nil)
    #expect(patient.entered(in: .builtIn).map(\.id) == ["totalBilirubin", "inr"])
    patient.enter("  ", for: .inr)
    #expect(patient[.inr] == nil)
  }

  @Test(arguments: [
    ("inr", "not of the form NAME=VALUE"), ("inr=", "has no value"), ("irn=2", "did you mean inr"),
    ("=2", "is not a variable"), ("inr=x", "inr: "), ("totalBilirubin=12", "needs a unit"),
    ("inr=2", "given twice"),
  ])
  func fields(_ field: String, _ words: String) throws {
    var patient = Patient()
    if words == "given twice" { try patient.enter(field: "inr=1", in: .builtIn) }
    let error = #expect(throws: FieldError.self) { try patient.enter(field: field, in: .builtIn) }
    #expect(error?.description.contains(words) ?? false, "\(String(describing: error))")
  }
}
