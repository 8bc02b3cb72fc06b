import TestSupport
import Testing

@testable import Trials

/// A record with nothing that is not needed; its lines are counted on below.
let smallest = """
  id: NCT00000001
  shortTitle: A small trial
  briefTitle: A Small Trial of Something
  link: https://example.org/NCT00000001
  source: A protocol
  status:
    - { value: RECRUITING, asOf: 2024-01-31 }
  summary: Something is given to somebody.
  eligibility: { sex: ALL, minimumAge: 18 Years, exclusionsInSource: true }
  criteria:
    - id: I1
      polarity: inclusion
      text: Adults
      expression: age >= 18 years
    - id: E1
      polarity: exclusion
      text: Unfit
      attest: true
  """

func problems(_ text: String, checking check: TrialReader.ExpressionCheck? = nil) -> [String] {
  let (record, problems) = TrialReader.read(text, file: "t.yaml", checking: check)
  #expect((record == nil) == !problems.isEmpty)
  return problems.map(\.description)
}

@Suite struct ReadingTests {
  @Test func readsTheSmallestRecord() throws {
    let (record, problems) = TrialReader.read(smallest, file: "t.yaml")
    #expect(problems == [])
    let trial = try #require(record)
    #expect(trial.id == "NCT00000001")
    #expect(trial.currentStatus?.value == .recruiting)
    #expect(trial.currentStatus?.asOf?.description == "2024-01-31")
    #expect(trial.eligibility.minimumAge?.description == "18 years")
    #expect(trial.criteria.map(\.id) == ["I1", "E1"])
    #expect(trial.criteria[0].expression?.text == "age >= 18 years")
    #expect(trial.criteria[0].expression?.start == .init(line: 14, column: 17))
    #expect(trial.criteria[1].attest == .always)
  }

  @Test func readsWindowsLineEndsAndAByteOrderMark() {
    let text = "\u{FEFF}" + smallest.split(separator: "\n").joined(separator: "\r\n") + "\r\n"
    let (record, problems) = TrialReader.read(text, file: "t.yaml")
    #expect(problems == [])
    #expect(record == TrialReader.read(smallest, file: "t.yaml").record)
  }

  /// What is replaced, by what, and all that is then said.
  static let mistakes: [(String, String, [String])] = [
    (
      "briefTitle:", "brieftitle:",
      [
        "1:1: error: the trial lacks 'briefTitle': The registry's title.",
        "3:1: error: 'brieftitle' is not a key of the trial; did you mean 'briefTitle'?",
      ]
    ),
    (
      "polarity: inclusion", "polarit: inclusion",
      [
        "11:5: error: the criterion lacks 'polarity': Whether it admits or excludes.",
        "12:5: error: 'polarit' is not a key of the criterion; did you mean 'polarity'?",
      ]
    ),
    (
      "    text: Adults\n", "    zzzzzzzzzzzzzzz: 1\n    text: Adults\n",
      [
        "13:5: error: 'zzzzzzzzzzzzzzz' is not a key of the criterion; its keys are id, polarity, "
          + "text, expression, attest, ambiguity, reading, conflict"
      ]
    ),
    (
      "summary: Something is given to somebody.", "summary: [a, b]",
      ["8:10: error: 'summary' must be a text, and is a list"]
    ),
    (
      "{ sex: ALL, minimumAge: 18 Years, exclusionsInSource: true }", "none",
      ["9:14: error: the eligibility must be a mapping of keys, and is a text"]
    ),
    (
      "\n  - { value: RECRUITING, asOf: 2024-01-31 }", " RECRUITING",
      ["6:9: error: 'status' must be a list, and is a text"]
    ),
    (
      "RECRUITING", "RECRUTING",
      [
        "7:14: error: 'RECRUTING' is not known for 'value'; did you mean 'RECRUITING'? Allowed "
          + "are ACTIVE_NOT_RECRUITING, COMPLETED, ENROLLING_BY_INVITATION, NOT_YET_RECRUITING, "
          + "RECRUITING, SUSPENDED, TERMINATED, WITHDRAWN, AVAILABLE, NO_LONGER_AVAILABLE, "
          + "TEMPORARILY_NOT_AVAILABLE, APPROVED_FOR_MARKETING, WITHHELD, UNKNOWN"
      ]
    ),
    (
      "sex: ALL", "sex: XXXXXXXX",
      ["9:21: error: 'XXXXXXXX' is not known for 'sex'; allowed are FEMALE, MALE, ALL"]
    ),
    (
      "2024-01-31", "2024-02-30",
      ["7:32: error: '2024-02-30' is not a date; write 2023-07-18, 2023-07 or 2023"]
    ),
    (
      "18 Years", "adult",
      ["9:38: error: 'adult' is not an age; write a number and Years, Months, Weeks or Days"]
    ),
    (
      "exclusionsInSource: true", "exclusionsInSource: yes",
      ["9:68: error: 'yes' is not known for 'exclusionsInSource'; write true or false"]
    ),
    (
      "exclusionsInSource: true", "exclusionsInSource: false",
      ["9:68: error: there are criteria of polarity exclusion; write true"]
    ),
    (
      "https://example.org/NCT00000001", "www.example.org",
      ["4:7: error: 'www.example.org' is not an address; write one that begins with https://"]
    ),
    (
      "shortTitle: A small trial", "shortTitle: A small trial with a title that is rather long",
      ["2:13: error: 'shortTitle' takes 46 columns; at most 40 fit"]
    ),
    (
      "id: NCT00000001\n", "id: \n",
      ["1:4: error: 'id' is empty; give an identifier or leave the key out"]
    ),
    (
      "id: NCT00000001\n", "id: NCT0000001\n",
      ["1:5: error: 'NCT0000001' is not an NCT number; it has eight digits after NCT"]
    ),
    (
      "id: NCT00000001\n", "id: a trial\n",
      [
        "1:5: error: 'a trial' is not an identifier; use letters, digits, '.', '-', '/' and '+'"
      ]
    ),
    (
      "id: E1", "id: I1",
      ["15:9: error: the criterion 'I1' stands on line 11 already; give this one another id"]
    ),
    (
      "attest: true", "attest: true\n    conflict: { with: [I2, E1], how: no }",
      [
        "19:24: error: there is no criterion 'I2'; did you mean 'I1' or 'E1'?",
        "19:28: error: the criterion 'E1' cannot contradict itself",
      ]
    ),
    (
      "    attest: true", "    reading: none",
      [
        "15:5: error: a criterion needs an expression, or 'attest: true' where only a person can say"
      ]
    ),
    (
      "attest: true", "attest: whenMet",
      ["18:13: error: whenMet needs an expression; write true"]
    ),
    (
      "source: A protocol", "source: ask me@example.org",
      [
        "5:13: error: an e-mail address is personal data and is not accepted; remove it"
      ]
    ),
    (
      "source: A protocol", "# write to a.b-c@mail.example.org\nsource: A protocol",
      [
        "5:12: error: an e-mail address is personal data and is not accepted; remove it"
      ]
    ),
    (
      "source: A protocol", #"source: "me\x40example.org""#,
      [
        "5:9: error: an e-mail address is personal data and is not accepted; remove it"
      ]
    ),
    (
      "A protocol", "A \u{1B}[31mprotocol",
      ["5:11: error: the control character U+001B is not accepted; remove it"]
    ),
    (
      "A protocol", "\"A \\e[31mprotocol\"",
      ["5:9: error: in 'source' the control character U+001B is not accepted; remove it"]
    ),
    (
      "A protocol", "A \u{202E}protocol \u{200B}x",
      [
        "5:11: error: the invisible character U+202E is not accepted; remove it",
        "5:21: error: the invisible character U+200B is not accepted; remove it",
      ]
    ),
    (
      "A protocol", "A proto\tcol",
      ["5:16: error: a tab is not accepted; use spaces"]
    ),
    (
      "    polarity: inclusion", "\tpolarity: inclusion",
      [
        "12:1: error: a tab is not accepted; use spaces",
        "12:2: error: this is not YAML: did not find expected key while parsing a block mapping; "
          + "check the indentation of this line and those before",
      ]
    ),
    (
      "source: A protocol", "source: A protocol: the first",
      [
        "5:19: error: this is not YAML: mapping values are not allowed in this context; a text "
          + "that holds ': ' needs quotes"
      ]
    ),
    (
      "source: A protocol", "source A protocol",
      [
        "6:1: error: this is not YAML: could not find expected ':' while scanning a simple key; a "
          + "key is followed by a colon and a space"
      ]
    ),
    (
      "source: A protocol", "source: \"A protocol",
      [
        "5:9: error: this is not YAML: found unexpected end of stream while scanning a quoted "
          + "scalar; a quote is not closed"
      ]
    ),
    (
      "source: A protocol", "source: A protocol\nsource: Another",
      ["5:1: error: the key 'source' is given twice in one mapping; keep one of them"]
    ),
    (
      "source: A protocol", "source: &x A protocol\norgStudyId: *x",
      [
        "5:9: error: anchors and aliases (&name, *name) are not accepted; write it out"
      ]
    ),
    (
      "source: A protocol", "source: *x",
      ["5:9: error: anchors and aliases (&name, *name) are not accepted; write it out"]
    ),
    (
      "    attest: true", "    attest: true\n---\nid: NCT00000002",
      ["19:1: error: a file holds one trial; this is a second document"]
    ),
    (
      "status:\n", "status:\n  - { value: COMPLETED, asOf: 2024-06 }\n",
      [
        "8:32: error: 2024-01-31 is before 2024-06 of the entry above; statuses stand oldest first"
      ]
    ),
    (
      "minimumAge: 18 Years", "minimumAge: 18 Years, maximumAge: 17 Years",
      ["9:60: error: the oldest age, 17 years, is below the youngest, 18 years"]
    ),
    (
      "source: A protocol", "source: A protocol\nfound: [{ fields: [phase], source: x }]",
      ["6:20: error: there is no key of the trial 'phase'; did you mean 'phases'?"]
    ),
    (
      "source: A protocol",
      """
      source: A protocol
      found:
        - fields: [eligibility.sex, arms.type, schedule.plans.visits, eligibility.sec, summary.x]
          source: x
      """,
      [
        "7:65: error: there is no key of the eligibility 'sec'; did you mean 'sex'?",
        "7:82: error: 'summary' has no keys of its own; leave '.x' out",
      ]
    ),
    (
      "source: A protocol",
      """
      source: A protocol
      contacts:
        - { role: CONTACT, name: A. Person, phone: 030-1234 }
        - { role: STUDY_CHAIR, affiliation: A hospital }
        - { role: CONTACT, phone: 030-1234 }
      """,
      ["9:5: error: a contact needs a name, an affiliation, or both"]
    ),
    (
      "source: A protocol", "source: A protocol\nproduct: { kind: MSC }",
      ["6:18: error: 'MSC' is found by its lower-case word; write 'msc'"]
    ),
    (
      "source: A protocol", "source: A protocol\nkeywords: []",
      ["6:11: error: 'keywords' is an empty list; leave the key out"]
    ),
    (
      "source: A protocol",
      """
      source: A protocol
      arms:
        - { label: A, type: OTHER, interventions: [Cell, Cells] }
        - { label: A, type: OTHER }
      interventions:
        - { type: DRUG, name: Cells, doses: [{ kind: cells }, { kind: none, amount: 3, unit: x }] }
        - { type: DRUG, name: Pills, doses: [{ kind: mass, amount: 5 }, { kind: mass, amount: -5 }] }
      """,
      [
        "7:46: error: there is no intervention 'Cell'; did you mean 'Cells'?",
        "8:14: error: a second arm is called 'A'; rename it",
        "10:40: error: a dose of kind cells needs an amount",
        "10:79: error: a dose of kind none has no amount; name the kind",
        "11:62: error: the amount needs a unit: particles, cells, mg, mL",
        "11:89: error: '-5' is not an amount; write a number such as 150, 0.5 or 2e11",
      ]
    ),
    (
      "source: A protocol",
      """
      source: A protocol
      schedule:
        anchor: day 0
        anchorDay: 2
        plans:
          - name: all
            arms: [B]
            dosingDays: [1, x]
            dosingWeeks: [1]
            visits:
              - { name: a, day: 3, week: 1 }
              - { name: b, day: 2 }
              - { name: c, week: 3 }
              - { name: d, month: 3, day: 1.5 }
      """,
      [
        "8:14: error: 2 is out of range for 'anchorDay': 0 to 1",
        "11:14: error: there is no arm 'B'",
        "12:23: error: 'x' is not a whole number",
        "13:20: error: give dosingDays or dosingWeeks, not both",
        "15:11: error: a visit needs exactly one of day, week and month",
        "16:11: error: 'b' is before the visit above it; visits stand in order of time",
        "18:11: error: a visit needs exactly one of day, week and month",
        "18:37: error: '1.5' is not a whole number",
      ]
    ),
  ]

  @Test(arguments: mistakes)
  func saysWhatIsWrongAndWhere(right: String, wrong: String, expected: [String]) throws {
    let range = try #require(smallest.firstRange(of: right))
    let text = smallest.replacingCharacters(in: range, with: wrong)
    #expect(problems(text) == expected.map { "t.yaml:" + $0 })
  }

  @Test func saysAllThatIsWrongAtOnce() {
    let text = smallest.replacing("ALL", with: "NONE").replacing("18 Years", with: "x")
      .replacing("2024-01-31", with: "soon").replacing("attest: true", with: "attest: maybe")
    #expect(problems(text).count == 4)
  }

  @Test func refusesWhatIsNoText() {
    let big = Array(repeating: UInt8(ascii: "#"), count: TrialReader.largestFile + 1)
    #expect(
      TrialReader.read(big, file: "b").problems.map(\.description) == [
        "b:1:1: error: the file has 1048577 bytes; a trial record has at most 1048576"
      ])
    let latin = Array("id: x\ntitle: ä".utf8) + [0xE4, 0x20]
    #expect(
      TrialReader.read(latin, file: "b").problems.map(\.description) == [
        "b:2:9: error: the file is not UTF-8; save it in that encoding"
      ])
    for empty in ["", "  \n\n", "# only a comment\n"] {
      #expect(
        problems(empty) == [
          "t.yaml:1:1: error: the file is empty; a trial record begins with 'id: NCT…'"
        ])
    }
    #expect(
      problems("- a") == ["t.yaml:1:1: error: the trial must be a mapping of keys, and is a list"])
  }

  @Test func refusesABombOfAliasesAtOnce() {
    var text = "a: &a [x]\n"
    for letter in "bcdefghijklmnopqrstuvwxyz" {
      let before = String(UnicodeScalar(letter.asciiValue! - 1))
      text += "\(letter): &\(letter) [*\(before), *\(before), *\(before), *\(before)]\n"
    }
    text += "? *z : 1\n"
    let start = ContinuousClock.now
    #expect(
      problems(text) == [
        "t.yaml:1:4: error: anchors and aliases (&name, *name) are not accepted; write it out"
      ])
    #expect(ContinuousClock.now - start < .seconds(2))
  }

  @Test func survivesDeepNesting() {
    #expect(!problems(String(repeating: "[", count: 100_000)).isEmpty)
    #expect(!problems(String(repeating: "{a: ", count: 900)).isEmpty)
    #expect(
      !problems("a: " + String(repeating: "[", count: 900) + String(repeating: "]", count: 900))
        .isEmpty)
  }

  @Test func saysAtMostAHundredProblems() {
    let text = smallest + "\n" + (0..<500).map { "  x\($0): 1\n" }.joined()
    #expect(problems(text.replacing("  x", with: "x")).count == 101)
    #expect(problems(String(repeating: "\u{7}", count: 5000) + "x").count <= 101)
  }

  @Test func messagesHoldNothingThatATerminalObeys() {
    let text = smallest.replacing("summary:", with: "\"sum\\e[31mmary\\u202E\":")
    let all = problems(text).joined()
    #expect(all.contains("sum<U+001B>[31mmary<U+202E>"))
    #expect(all.unicodeScalars.allSatisfy { TextHygiene.reasonAgainst($0) == nil })
  }

  @Test(arguments: [
    ("expression: age >= 18 years", "14:17", "14:24", "14:27"),
    ("expression: \"age >= 18 years\"", "14:18", "14:25", "14:28"),
    ("expression: 'age >= 18 years'", "14:18", "14:25", "14:28"),
    ("expression: |\n      age >=\n      18 years", "15:7", "16:4", "16:7"),
    ("expression: >-\n      age >=\n      18 years", "15:7", "16:7", "16:10"),
    ("expression: age\n      >=\n      18 years", "14:17", "16:7", "16:10"),
  ])
  func placesFaultsOfExpressions(
    written: String, start: String, seventh: String, tenth: String
  ) throws {
    let text = smallest.replacing("expression: age >= 18 years", with: written)
    let (record, _) = TrialReader.read(text, file: "t.yaml")
    let expression = try #require(record?.criteria[0].expression)
    #expect(expression.start.description == start)
    if !written.contains("|") {
      #expect(expression.place(at: 7).description == seventh)
      #expect(expression.place(line: 1, column: 11).description == tenth)
      #expect(expression.text == "age >= 18 years")
    } else {
      #expect(expression.place(line: 2, column: 4).description == "16:10")
    }
    let faults = problems(text) { text in
      #expect(text.contains("age"))
      return [TrialReader.ExpressionFault(line: 1, column: 1, message: "no")]
    }
    #expect(faults == ["t.yaml:\(start): error: no"])
  }

  @Test func placesQuotesWithinQuotes() throws {
    let text = smallest.replacing(
      "expression: age >= 18 years", with: "expression: 'sex = ''male'' and age > 1'")
    let expression = try #require(TrialReader.read(text, file: "t").record?.criteria[0].expression)
    #expect(expression.text == "sex = 'male' and age > 1")
    #expect(expression.place(at: 17).description == "14:37")
  }

  /// Random changes of the records must be refused or read, never crash.
  @Test func survivesTwoThousandDamagedFiles() {
    var random = SeededRandom(42)
    let files = TrialLibrary.bundledFiles
    let pieces = [
      "\t", "&a ", "*a", "- ", ": ", "\"", "'", "{", "}", "[", "]", "|", ">", "\u{1B}", "#",
    ]
    var refused = 0
    for round in 0..<2000 {
      // A part of a record is read faster than all of it, and has the same characters.
      let whole = files[round % files.count].bytes
      let start = round % 3 == 0 ? 0 : Int.random(in: 0..<whole.count, using: &random)
      var bytes = Array(whole[start...].prefix(1500))
      for _ in 0..<Int.random(in: 1...8, using: &random) where !bytes.isEmpty {
        let index = bytes.indices.randomElement(using: &random)!
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: index)
        case 2: bytes.insert(contentsOf: pieces.randomElement(using: &random)!.utf8, at: index)
        default: bytes.removeSubrange(index..<min(index + 40, bytes.count))
        }
      }
      let (record, problems) = TrialReader.read(bytes, file: "f")
      #expect((record == nil) == !problems.isEmpty)
      for problem in problems {
        #expect(problem.place.line >= 1 && problem.place.column >= 1)
      }
      if record == nil { refused += 1 }
    }
    #expect(refused > 1000)
  }
}

extension String {
  func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    var copy = self
    copy.replaceSubrange(range, with: text)
    return copy
  }
}
