import Foundation
import Quantities
import TestSupport
import Testing

@testable import Trials

@Suite struct ShowingTests {
  static let trials = TrialLibrary().trials

  func lines(_ id: String, _ title: String) throws -> [Section.Line] {
    let trial = try #require(Self.trials.first { $0.id == id })
    return try #require(trial.sections.first { $0.title == title }).lines
  }

  @Test func sectionsStandInOrder() {
    let titles = [
      "Summary", "Status and dates", "Eligibility", "Inclusion criteria", "Exclusion criteria",
      "Arms and doses", "Schedule", "Outcomes", "Sites and contacts", "Design", "Sponsor",
      "Sources",
      "Contradictions in the source",
    ]
    for trial in Self.trials {
      let shown = trial.sections.map(\.title)
      // One record names no sponsor.
      #expect(shown == titles.filter { $0 != "Sponsor" || trial.id != "NCT07409259" })
    }
  }

  @Test func statusesSayTheirDateAndWhereTheyWereFound() throws {
    let lines = try lines("NCT05940610", "Status and dates")
    #expect(
      lines.prefix(3) == [
        .row(
          label: "Status", value: "withdrawn (2023-10-12)",
          note: "found: Later copies of the record at meddatax, ctv.veeva and trials.co"),
        .row(label: "Status", value: "not yet recruiting (2023-07-18)"),
        .row(label: "Start", value: "2023-09-01, anticipated"),
      ])
  }

  @Test func criteriaSayWhatIsUnclearAndHowTheyAreComputed() throws {
    let lines = try lines("NCT05940610", "Inclusion criteria")
    #expect(
      lines[4]
        == .bullet(
          mark: "I5", text: "No encephalopathy, or grade II at most",
          notes: [
            "Unclear: The source says \"below grade II (including grade II)\".",
            "Read as: Grade II or lower, as the parenthesis corrects the words before it.",
            "Computed as: encephalopathyGrade <= 2",
          ]))
    let excluded = try self.lines("NCT03460795", "Exclusion criteria")
    #expect(
      excluded[2].texts.contains(
        "Contradicts I5f: Peritonitis is excluded here and admitted in inclusion 5."))
    #expect(
      try self.lines("NCT05985863", "Exclusion criteria").flatMap(\.texts)
        .contains("A person decides where this holds."))
  }

  @Test func aRecordWithoutExclusionsSaysSo() throws {
    #expect(
      try lines("NCT07409259", "Exclusion criteria")
        == [.paragraph("No exclusion criteria in the source.")])
  }

  @Test func foundFactsAreMarked() throws {
    let design = try lines("NCT07409259", "Design")
    #expect(
      design.contains(
        .row(
          label: "Phase", value: "early 1",
          note:
            "found: Registry record as shown by ignite-sd, api.ai-analytics.org (CC0) and crick.ai")
      ))
  }

  /// A part of each item of a list has its own note, and what no source states is not made up.
  @Test func foundPartsAreMarked() throws {
    let arms = try lines("NCT07409259", "Arms and doses")
    #expect(arms.flatMap(\.texts).contains("Control Group (n = 10)"))
    #expect(arms.count { $0.texts.last?.hasPrefix("type found: Registry record as") == true } == 2)
    #expect(
      try lines("NCT07409259", "Eligibility").contains(.row(label: "Sex", value: "not stated")))
    #expect(
      try lines("NCT05985863", "Arms and doses").flatMap(\.texts)
        .contains("Group Control (placebo comparator, n = 50)"))
  }

  @Test func schedulesSayDosesAndVisits() throws {
    let texts = try lines("NCT07409259", "Schedule").flatMap(\.texts)
    #expect(texts.contains("Doses: day 1, day 4, day 7, day 10"))
  }

  /// Everything that a record says can be seen, apart from what only programs use.
  @Test func nothingOfARecordIsHidden() {
    for trial in Self.trials {
      let shown = trial.sections.flatMap(\.lines).flatMap(\.texts).joined(separator: "\n")
      for text in trial.json.strings {
        let words = text.split { $0.isWhitespace }.joined(separator: " ")
        #expect(
          shown.contains(words) || shown.lowercased().contains(words.lowercased())
            || RegistryWords.all.contains(text) || words == trial.shortTitle
            || trial.schedule?.plans.flatMap(\.visits).contains { $0.name == words } == true
            || trial.json.scoreIDs.contains(text)
            || ["18 Years", "65 Years", "70 Years", "75 Years"].contains(words),
          "\(trial.id): \(words)")
      }
    }
  }

  @Test(arguments: trials)
  func jsonIsReadAsTheSameRecord(trial: TrialRecord) throws {
    for pretty in [false, true] {
      let text = trial.json.text(pretty: pretty)
      let (record, problems) = TrialReader.read(text, file: "j")
      #expect(problems == [])
      #expect(record?.json == trial.json)
      #expect(record?.schedule == trial.schedule)
      #expect(record?.sections == trial.sections)
    }
  }

  @Test func theSchemaIsTheOneInTheDocumentation() {
    RecordedText("docs/trial-record.schema.json").expect(TrialSchema.json.text(pretty: true) + "\n")
  }

  /// Every key of the reader is in the schema and the other way round, read by another program.
  @Test func theSchemaHasTheKeysOfTheReader() throws {
    let text = TrialSchema.json.text()
    let root = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let parts = try #require(root["$defs"] as? [String: [String: Any]])
    let shapes = Shape.trial.withParts
    #expect(Set(parts.keys) == Set(shapes.dropFirst().map(\.name)))
    for shape in shapes {
      let part = try #require(shape.name == "trial" ? root : parts[shape.name])
      let properties = try #require(part["properties"] as? [String: Any])
      #expect(Set(properties.keys) == Set(shape.fields.map(\.name)))
      #expect(part["required"] as? [String] == shape.fields.filter(\.isRequired).map(\.name))
      #expect(part["additionalProperties"] as? Bool == false)
      #expect(shape.fields.count <= 64)
    }
  }

  /// The example of the documentation is a record that can be read.
  @Test func theDocumentedExampleIsRight() throws {
    let text = String(
      decoding: try Data(contentsOf: Repository.url("docs/trial-records.md")), as: UTF8.self)
    let start = try #require(text.range(of: "```yaml\n"))
    let end = try #require(text.range(of: "```", range: start.upperBound..<text.endIndex))
    let (record, problems) = TrialReader.read(
      String(text[start.upperBound..<end.lowerBound]), file: "example.yaml")
    #expect(problems == [])
    #expect(record?.criteria.count == 5)
    for shape in Shape.trial.withParts {
      for field in shape.fields {
        #expect(
          text.contains("`\(field.name)`") || text.contains("\(field.name):"), "\(field.name)")
      }
    }
  }
}

enum RegistryWords {
  static let all: Set<String> = {
    var words: Set<String> = []
    func visit(_ kind: Shape.Kind) {
      switch kind {
      case .term(let terms): words.formUnion(terms)
      case .list(let item): visit(item)
      default: break
      }
    }
    for shape in Shape.trial.withParts { for field in shape.fields { visit(field.kind) } }
    return words
  }()
}

extension JSONValue {
  /// All texts in it, names apart.
  var strings: [String] {
    switch self {
    case .string(let text): [text]
    case .array(let values): values.flatMap(\.strings)
    case .object(let members): members.flatMap(\.value.strings)
    default: []
    }
  }

  /// The ids of scores that outcomes name.
  var scoreIDs: [String] {
    switch self {
    case .array(let values): values.flatMap(\.scoreIDs)
    case .object(let members):
      members.flatMap { $0.name == "scores" ? $0.value.strings : $0.value.scoreIDs }
    default: []
    }
  }
}
