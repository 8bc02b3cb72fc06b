import Quantities
import Testing

@testable import Criteria

/// What calculations come to, by the definitions of CQL 1.5 (sections 9 and 16 of its reference).
@Suite struct CalculationTests {
  static let inr: [String: Fact] = [
    "inr": .number(2.5), "meld": .number(-7), "admissions": .number(7),
  ]

  @Test(arguments: [
    // Rounding.
    ("Truncate(-1.1)", "-1"), ("Truncate(-1.9)", "-1"), ("Truncate(1.9)", "1"),
    ("Floor(-1.1)", "-2"), ("Floor(1.9)", "1"), ("Floor(-2)", "-2"),
    ("Ceiling(-1.9)", "-1"), ("Ceiling(1.1)", "2"), ("Ceiling(2)", "2"),
    ("Round(2.5)", "3.0"), ("Round(2.4)", "2.0"), ("Round(-2.5)", "-3.0"), ("Round(-2.4)", "-2.0"),
    ("Round(2.449, 1)", "2.4"), ("Round(2.45, 1)", "2.5"), ("Round(1.005, 2)", "1.01"),
    // Arithmetic.
    ("1 + 2", "3"), ("1 - 2", "-1"), ("2 * 3", "6"), ("1.5 + 1", "2.5"), ("7 / 2", "3.5"),
    ("6 / 2", "3.0"), ("7 div 2", "3"), ("-7 div 2", "-3"), ("7 mod 2", "1"), ("-7 mod 2", "-1"),
    ("7.5 mod 2", "1.5"), ("7.5 div 2", "3.0"), ("2 ^ 10", "1024"), ("Power(2, -2)", "0.25"),
    ("2.5 ^ 2", "6.25"), ("2 ^ 0", "1"), ("admissions ^ 0", "1"), ("2 ^ -1", "0.5"),
    ("4 ^ 0.5", "2.0"), ("Abs(-2.5)", "2.5"), ("Abs(2)", "2"),
    ("Exp(0)", "1.0"), ("Ln(1)", "0.0"), ("Log(8, 2)", "3.0"), ("Log(100, 10)", "2.0"),
    ("Max({ 1, 3, 2 })", "3"), ("Min({ 2, 1, 3 })", "1"), ("Coalesce(null, 2, 3)", "2"),
    // What does not exist.
    ("1 / 0", "null"), ("1 div 0", "null"), ("1 mod 0", "null"), ("Ln(-1)", "null"),
    ("Log(2, 1)", "null"), ("Log(1, 1)", "null"), ("Log(-2, 10)", "null"), ("Log(2, -10)", "null"),
    ("1 + null", "null"),
    ("2147483647 + 1", "null"), ("2147483647 + 0", "2147483647"), ("-2147483648 - 1", "null"),
    ("-2147483648", "-2147483648"), ("2147483647 + 1.0", "2147483648.0"), ("2 ^ 31", "null"),
    ("Coalesce(1 / 0, 5.0)", "5.0"),
    // The same of what a patient has.
    ("Truncate(inr * -1)", "-2"), ("Floor(-inr)", "-3"), ("Ceiling(inr)", "3"),
    ("Round(inr)", "3.0"), ("Abs(meld)", "7.0"), ("inr - meld", "9.5"),
    ("inr / meld", "-0.35714286"),
    ("admissions div 2", "3"), ("admissions mod 4", "3"), ("admissions / 2", "3.5"),
    ("admissions ^ 2", "49"), ("meld ^ 2", "49.0"), ("-inr", "-2.5"), ("+inr", "2.5"),
    ("Max({ inr, meld, 1 })", "2.5"), ("Min({ inr, meld, 1 })", "-7.0"),
    ("if inr > 2 then inr else meld", "2.5"), ("if inr > 3 then inr else meld", "-7.0"),
    ("case admissions when 6 then 1 when 7 then 2 else 3 end", "2"),
    ("case admissions when 6 then 1 when 8 then 2 else 3 end", "3"),
    ("case when inr > 3 then 1 when inr > 2 then 2 when inr > 1 then 3 else 4 end", "2"),
    ("Interval[1, 3]", "Interval[1, 3]"), ("Interval(1, 3)", "Interval[2, 2]"),
    ("Interval(1.0, 3.0]", "Interval[1.00000001, 3.0]"), ("Interval[1, null]", "Interval[1, null]"),
    ("Interval[null, admissions)", "Interval[null, 6]"),
    ("2 'mg' + 1 'g'", "1002 'mg'"), ("1 'g' - 2 'mg'", "0.998 'g'"), ("5 'mg' div 2", "2 'mg'"),
    ("3 'g' / 2 'g'", "1.5"), ("2 * 3 'g'", "6 'g'"),
  ])
  func comesTo(text: String, wanted: String) throws {
    let found = try expression(text)
    switch found.evaluate(Bed(Self.inr)) {
    case .value(let value): #expect(value.literal(of: found.type) == wanted)
    case .unknown(let doubt): #expect(wanted == "null" && doubt.isPermanent)
    case .needsPerson(let matters): Issue.record("\(matters)")
    }
  }

  /// Decimals are compared to the places of the less precise one, and nothing is like nothing.
  @Test(
    arguments: [
      ("1.25 ~ 1.3", "true"), ("1.24 ~ 1.3", "false"), ("1.3 ~ 1.25", "true"),
      ("1.2 ~ 1.25", "false"),
      ("1.4 ~ 1", "true"), ("1.6 ~ 1", "false"), ("1.001 ~ 1.0", "true"),
      ("1.001 ~ 1.002", "false"),
      ("1.0011 ~ 1.001", "true"), ("-1.25 ~ -1.3", "true"), ("1 ~ 1", "true"), ("1 ~ 2", "false"),
      ("null ~ null", "true"), ("null !~ null", "false"), ("1 ~ null", "false"),
      ("null ~ 1", "false"), ("1 !~ null", "true"), ("1.6 !~ 1", "true"), ("1.4 !~ 1", "false"),
      ("ast ~ age", nil), ("creatinine ~ totalBilirubinULN", "true"),
      ("creatinine ~ 3 'umol/L'", "false"),
      ("3 'umol/L' ~ creatinine", "false"), ("inr ~ 2.54", "true"), ("inr ~ 2.56", "false"),
      ("inr ~ meld", "false"), ("cirrhosis ~ pregnant", "true"), ("cirrhosis ~ false", "false"),
      ("1 'g' ~ 1000 'mg'", "true"), ("1 'g' ~ 1600 'mg'", "false"),
      ("Interval[1, 3] ~ Interval(0, 4)", "true"), ("Interval[1, 3] ~ Interval[1, 4]", "false"),
    ] as [(String, String?)])
  func equivalence(text: String, wanted: String?) throws {
    guard let wanted else {
      #expect(!complaints(text).isEmpty)
      return
    }
    #expect(try outcome(text, Self.inr) == wanted)
  }

  /// Each comparison below, on and above a number, from either side, and whole for a patient.
  @Test func comparisonsOnTheThreshold() throws {
    let wanted = [
      "<": "tff", "<=": "ttf", ">": "fft", ">=": "ftt", "=": "ftf", "!=": "tft",
    ]
    let mirrored = ["<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="]
    for (symbol, answers) in wanted {
      for (value, answer) in zip(["1.99", "2", "2.01"], answers) {
        let facts: [String: Fact] = [
          "inr": .number(try #require(FixedDecimal(value))), "meld": .number(2),
        ]
        let other = try #require(mirrored[symbol])
        for text in [
          "inr \(symbol) 2", "2 \(other) inr", "inr \(symbol) meld", "\(value) \(symbol) 2",
          "inr + 1 \(symbol) meld + 1",
        ] {
          #expect(
            try outcome(text, facts) == (answer == "t" ? "true" : "false"), "\(text) \(value)")
        }
      }
    }
  }

  /// Both ends of every kind of interval.
  @Test(arguments: [
    ("between 1 and 3", "fttttf"), ("properly between 1 and 3", "ffttff"),
    ("in Interval[1, 3]", "fttttf"), ("in Interval(1, 3)", "ffttff"),
    ("in Interval[1, 3)", "ftttff"), ("in Interval(1, 3]", "fftttf"),
    ("in Interval[null, 3]", "tttttf"), ("in Interval[1, null]", "fttttt"),
    ("in Interval(null, 3]", "uuuuuf"), ("in { 1, 2, 3 }", "fttftf"), ("in {}", "ffffff"),
  ])
  func bounds(text: String, wanted: String) throws {
    for (value, answer) in zip(["0.99", "1", "2", "2.99", "3", "3.01"], wanted) {
      let facts: [String: Fact] = ["inr": .number(try #require(FixedDecimal(value)))]
      let found = try criterion("inr \(text)").evaluate(Bed(facts)).isTrue
      #expect(found == (answer == "u" ? nil : answer == "t"), "\(value) \(text)")
    }
  }

  @Test func boundsMayMeetAndMayBeOpen() throws {
    for (value, wanted) in [("1.99", "false"), ("2", "true"), ("2.01", "false")] {
      let facts: [String: Fact] = ["inr": .number(try #require(FixedDecimal(value)))]
      #expect(try outcome("inr between 2 and 2", facts) == wanted)
      #expect(try outcome("inr in Interval[2.0, 2.0]", facts) == wanted)
    }
    #expect(try outcome("5 in Interval[null, null]") == "false")
    #expect(try outcome("inr in Interval[null, null]") == "false")
    #expect(try outcome("5 in Interval[1, null]") == "true")
    #expect(try outcome("5 in Interval[1, null)") == "needs ")
  }

  /// What would settle an alternative and what would settle a bound are both named.
  @Test func everythingThatIsOpenIsNamed() throws {
    let person = Fact.alternatives([.number(5), .number(20)], unsettledBy: .person("coding"))
    let found = try criterion("meld between inr and 9").evaluate(Bed(["meld": person]))
    #expect(
      found == .unknown(Doubt(variables: Ward.shared.set("inr"), reasons: [.person("coding")])))
    #expect(
      try criterion("meld between 1 and 9").evaluate(Bed(["meld": person]))
        == .needsPerson(["coding"]))
  }

  /// A bound of a number that is brought to another unit.
  @Test(arguments: [
    ("10", "true", "needs inr"), ("51.3", "true", "false"), ("60", "needs inr", "false"),
  ])
  func boundsAreConverted(bilirubin: String, above: String, below: String) throws {
    let number = Fact.number(try #require(FixedDecimal(bilirubin)))
    let text = "totalBilirubin < 1 'mg/dL' * inr"
    #expect(
      try outcome(text, ["totalBilirubin": number, "inr": .above(3, "inr")]) == above)
    #expect(
      try outcome(text, ["totalBilirubin": number, "inr": .below(3, "inr")]) == below)
  }

  /// A number of which a bound is known, with each operation that keeps it known.
  @Test(arguments: [
    ("ast + 1 'U/L' < 41 'U/L'", "true"), ("ast + 1 'U/L' < 40 'U/L'", "needs ast"),
    ("ast - 1 'U/L' < 39 'U/L'", "true"), ("ast - 1 'U/L' < 38 'U/L'", "needs ast"),
    ("1 'U/L' - ast > -39 'U/L'", "true"), ("1 'U/L' - ast > -38 'U/L'", "needs ast"),
    ("1 'U/L' - ast < 0 'U/L'", "needs ast"), ("1 'U/L' + ast >= 41 'U/L'", "false"),
    ("3 * ast < 120 'U/L'", "true"), ("ast * -1 > -40 'U/L'", "true"),
    ("ast / -2 > -20 'U/L'", "true"), ("ast / 2 < 20 'U/L'", "true"),
    ("ast * 0 = 0 'U/L'", "needs ast"), ("ast div 2 < 100 'U/L'", "needs ast"),
    ("ast <= 40 'U/L'", "true"), ("ast <= 39.99 'U/L'", "needs ast"),
    ("ast >= 39.99 'U/L'", "needs ast"), ("40 'U/L' > ast", "true"), ("40 'U/L' <= ast", "false"),
    ("ast < 0.04 'kU/L'", "true"), ("ast < 0.039 'kU/L'", "needs ast"),
    ("ast = 41 'U/L'", "false"), ("ast in { 39 'U/L', 41 'U/L' }", "needs ast"),
    ("ast in { 40 'U/L', 41 'U/L' }", "false"), ("ast is null", "false"),
    ("ast between 30 'U/L' and 39 'U/L'", "needs ast"),
    ("ast properly between 40 'U/L' and 50 'U/L'", "false"),
  ])
  func boundsAreCalculatedWith(text: String, wanted: String) throws {
    #expect(try outcome(text, ["ast": .below(40, "ast")]) == wanted)
  }
}

/// Comparisons of numbers that are known to lie between two.
@Suite struct RangeTests {
  private struct Span: CustomStringConvertible {
    let interval: NumberInterval
    let samples: [FixedDecimal]

    init(_ low: FixedDecimal?, _ high: FixedDecimal?, _ includesLow: Bool, _ includesHigh: Bool) {
      interval = NumberInterval(
        low: low.map { .init($0, isIncluded: includesLow) },
        high: high.map { .init($0, isIncluded: includesHigh) })
      samples = stride(from: -400, through: 800, by: 25).compactMap { hundredths in
        let number = FixedDecimal(Double(hundredths) / 100)
        return number.flatMap { number in
          let above = low.map { number > $0 || includesLow && number == $0 } ?? true
          let below = high.map { number < $0 || includesHigh && number == $0 } ?? true
          return above && below ? number : nil
        }
      }
    }

    var description: String {
      Value.interval(interval).literal(of: .interval(of: .decimal))
    }
  }

  private static let spans: [Span] = {
    let ends: [(FixedDecimal?, FixedDecimal?)] = [
      (nil, nil), (nil, 1), (nil, 2), (1, nil), (2, nil), (1, 2), (2, 3), (1, 3),
    ]
    return ends.flatMap { low, high in
      [(false, false), (true, false), (false, true), (true, true)].map {
        Span(low, high, $0.0, $0.1)
      }
    }
  }()

  /// The answer is that of all pairs of numbers, where they agree.
  @Test(arguments: Comparison.allCases)
  func rangesCompareAsTheirNumbersDo(_ comparison: Comparison) {
    let doubt = Doubt(variables: VariableSet(1))
    func answer(_ truth: Truth) -> Bool? {
      switch truth {
      case .yes: true
      case .no: false
      case .unknown: nil
      }
    }
    for one in Self.spans {
      for number in stride(from: 0, through: 400, by: 50) {
        guard let number = FixedDecimal(Double(number) / 100) else { continue }
        let found = Comparing.compare(
          comparison, .range(one.interval, doubt), .value(.number(number)))
        let all = Set(
          one.samples.map { Comparing.compare(comparison, .number($0), .number(number)) })
        #expect(answer(found) == (all.count == 1 ? all.first ?? nil : nil), "\(one) \(number)")
      }
      for other in Self.spans {
        let found = Comparing.compare(
          comparison, .range(one.interval, doubt), .range(other.interval, doubt))
        let all = Set(
          one.samples.flatMap { left in
            other.samples.map { Comparing.compare(comparison, .number(left), .number($0)) }
          })
        #expect(answer(found) == (all.count == 1 ? all.first ?? nil : nil), "\(one) \(other)")
      }
    }
  }
}

@Suite struct WindowTests {
  @Test(arguments: [
    ("1001 days", "2024-02-24"), ("2000 days", "2021-05-31"), ("1500 weeks", "1998-02-21"),
    ("1 week", "2026-11-14"), ("3 weeks", "2026-10-31"), ("13 months", "2025-10-21"),
    ("1200 months", "1926-11-21"), ("2 years", "2024-11-21"), ("100 years", "1926-11-21"),
    ("1 'wk'", "2026-11-14"), ("30 'd'", "2026-10-22"), ("1 'a'", "2025-11-21"),
  ])
  func firstDayBelongsToTheWindow(window: String, first: String) throws {
    let (day, date) = (try #require(Day(first)), try #require(Day(2026, 11, 21)))
    for (offset, wanted) in [(-1, "false"), (0, "true"), (1, "true")] {
      let moved = try #require(day.adding(days: offset))
      let facts: [String: Fact] = ["otherTrial": .known(.event(.on(moved)))]
      #expect(try outcome("otherTrial within \(window)", facts, on: date) == wanted)
    }
  }

  @Test func theScreeningDayBelongsToTheWindow() throws {
    let date = try #require(Day(2026, 11, 21))
    let facts: [String: Fact] = ["otherTrial": .known(.event(.on(date)))]
    for (word, wanted) in [("within 1 day", "true"), ("ever", "true"), ("ongoing", "false")] {
      #expect(try outcome("otherTrial \(word)", facts, on: date) == wanted)
      let before = date.adding(days: -1)
      #expect(try outcome("otherTrial \(word)", facts, on: before) == "needs otherTrial")
    }
    #expect(try outcome("otherTrial ever", facts) == "true")
    #expect(try outcome("otherTrial ongoing", facts) == "false")
    #expect(try outcome("otherTrial within 1 day", facts) == "needs ")
  }

  @Test func windowsHaveLimits() {
    #expect(complaints("otherTrial within 100000 days") == [])
    let wanted = "a window is a whole number of days, weeks, months or years"
    for text in ["100001 days", "3000000000 days", "1.5 weeks", "1", "1 'h'", "1 second", "days"] {
      #expect(complaints("otherTrial within \(text)").first?.contains(wanted) == true, "\(text)")
    }
    #expect(
      complaints("otherTrial within 0 weeks") == ["1:19: a window is at least one day long"])
  }
}
