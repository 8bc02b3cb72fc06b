import ArgumentParser
import Cohorts
import Hepatology
import Quantities
import Terminal

/// `lobule score`: the scores of one patient, or of a file of patients.
struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Computes scores from values.",
    discussion: """
      A value is written NAME=VALUE, with its unit where two are in daily use:

        lobule score totalBilirubin='214 umol/L' inr=2.1 creatinine='1.0 mg/dL'
        lobule score --score cosshACLF2 age=52 totalBilirubin='12.5 mg/dL' urea='6.1 mmol/L' \\
          neutrophils=4.5 inr=2.1 encephalopathyGrade=1
        lobule score --list

      With --score the working of each score is shown. What is missing is named, never filled in.

      A file of patients has one a row, below a header that gives the unit where two are in daily use:

        lobule score --from cohort.csv --output scores.csv
        cut -d, -f2- cohort.csv | lobule score --from - --score meld3 --score childPugh

        code,age,sex,totalBilirubin[umol/L],inr,creatinine[mg/dL]
        A-1,52,female,214,2.1,1.0

      Exit status: 0 done, 1 a row of the file could not be read, 2 wrong usage or input.
      """)

  @Argument(help: "Values, each as NAME=VALUE.")
  var fields: [String] = []

  @Option(
    name: .customLong("score"),
    help: ArgumentHelp(
      "A score by its id, or id:variant; may be given several times.",
      discussion: "Without it all, and of a file of patients the main ones."))
  var scores: [String] = []

  @Option(
    help: ArgumentHelp(
      "How the result is written: table, json or csv.",
      discussion: "Of one patient table where none is given, of a file of patients csv."))
  var format: ScoreFormat?

  @Option(help: ArgumentHelp("A file of patients in CSV; - for standard input.", valueName: "file"))
  var from: String?

  @Option(
    help: ArgumentHelp(
      "With --from: the file that is made, replaced where it is there; standard output without it.",
      valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "With --from: a further column to carry over, besides code, id, date, visit and label.",
      valueName: "column"))
  var keep: [String] = []

  @Flag(
    help: ArgumentHelp(
      "With --from: a column of what must be known of each row, such as inputs held at a bound.",
      discussion: "Takes many times as long."))
  var notes = false

  @Flag(help: "List the ids of scores and of variables with what they take.")
  var list = false

  mutating func run() throws {
    if list {
      Output.print(Self.listing)
      return
    }
    if let from { return try scoreFile(from) }
    guard output == nil, keep.isEmpty, !notes, format != .csv else {
      throw BadInput("--output, --keep, --notes and --format csv go with --from FILE")
    }
    let wanted = try chosen() ?? Score.all.map { ($0, nil) }
    let patient = try Patient(fields: fields)
    let results = wanted.map { $0.score.result(for: patient, variant: $0.variant) }
    switch format {
    case .json:
      let json = JSONValue.object(["scores": .array(results.map(\.json))])
      Output.print(json.text(pretty: true))
    case .table, .csv, nil:
      Output.print(ScoreTable(results, showsWorking: !scores.isEmpty).text)
    }
  }

  /// The scores of a file of patients.
  private func scoreFile(_ path: String) throws {
    guard fields.isEmpty else {
      throw BadInput("--from takes the values from a file; '\(fields[0])' has no place beside it")
    }
    let wanted = try chosen() ?? Score.main.map { ($0, nil) }
    let format =
      switch format {
      case .csv, nil: CohortFormat.csv
      case .json: CohortFormat.json
      case .table: CohortFormat.table
      }
    let cohort = Cohort(
      scores: wanted.map { CohortScore($0.score, variant: $0.variant) },
      variables: Site.variables, format: format, keep: keep, withNotes: notes)
    try CohortRun(input: path, output: output, cohort: cohort).run()
  }

  /// The scores that are asked for; `nil` where none is named.
  private func chosen() throws -> [(score: Score, variant: String?)]? {
    guard !scores.isEmpty else { return nil }
    var problems: [String] = []
    var chosen: [(Score, String?)] = []
    for name in scores {
      let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
      guard let first = parts.first, let score = Score.find(first) else {
        let near = Score.near(parts.first ?? name)
        problems.append(
          "'\(name)' is not a score"
            + (near.isEmpty
              ? "; the scores are \(Score.all.map(\.id).joined(separator: ", "))"
              : "; did you mean \(near.joined(separator: " or "))?"))
        continue
      }
      let variant = parts.count > 1 ? parts[1] : nil
      if let variant, !score.variants.contains(where: { $0.id == variant }) {
        let all = score.variants.map(\.id).joined(separator: ", ")
        problems.append("'\(variant)' is not a variant of \(score.id); it has \(all)")
      }
      chosen.append((score, variant))
    }
    guard problems.isEmpty else { throw BadInput(problems) }
    return chosen
  }

  private static var listing: String {
    let width = Site.variables.all.map(\.id.count).max() ?? 0
    let scores = Score.all.map { "  \($0.id.padded(to: width))  \($0.title)" }
    let variables = Site.variables.all.map { "  \($0.id.padded(to: width))  \($0.expects)" }
    return (["Scores"] + scores + ["", "Variables"] + variables).joined(separator: "\n")
  }
}

/// How scores are written.
enum ScoreFormat: String, ExpressibleByArgument, CaseIterable {
  case table, json, csv
}

extension Patient {
  /// A patient of fields as the command line takes them.
  ///
  /// - Throws: ``BadInput`` with everything that is wrong with them.
  init(fields: [String]) throws {
    self.init()
    var problems: [String] = []
    for field in fields {
      do {
        try enter(field: field, in: Site.variables)
      } catch {
        problems.append("\(error)")
      }
    }
    guard problems.isEmpty else { throw BadInput(problems) }
  }
}

/// Results as a table, and with their working where it is asked for.
struct ScoreTable {
  private let results: [ScoreResult]
  private let showsWorking: Bool

  init(_ results: [ScoreResult], showsWorking: Bool) {
    self.results = results
    self.showsWorking = showsWorking
  }

  var text: String {
    let width = results.map(\.score.name.columns).max() ?? 0
    return results.map { result in
      let row = result.score.name.padded(to: width) + Self.value(result)
      return ([row] + (showsWorking ? Self.working(result) : notes(result))).joined(separator: "\n")
    }.joined(separator: "\n")
  }

  private func notes(_ result: ScoreResult) -> [String] {
    result.value == nil ? [] : result.notes.map { "    ! \($0)" }
  }

  private static func isNamed(_ score: Score) -> Bool {
    score.form == .grade || score.form == .definition
  }

  /// The value and its band, the range that is left, or a dash; numbers end in one column, words
  /// begin in one.
  private static func value(_ result: ScoreResult) -> String {
    let blank = "".padded(left: 9)
    switch result.outcome {
    case .value(let value):
      let text = result.text ?? ""
      if isNamed(result.score) { return blank + text }
      return text.padded(left: 7) + (value.stratum.map { "  \($0)" } ?? "")
    case .notApplicable(let reason): return "–".padded(left: 7) + "  not applicable: \(reason)"
    case .missing(let gaps):
      let needs =
        "needs "
        + gaps.map { gap in
          gap.variable.id + (gap.reason.map { " (\($0))" } ?? "")
        }.joined(separator: ", ")
      guard let range = result.range else { return "–".padded(left: 7) + "  \(needs)" }
      let low = result.score.text(of: range.low)
      let text = (range.isSettled ? low : range.text) + " ?"
      if isNamed(result.score) { return blank + "\(text)  \(needs)" }
      return low.padded(left: 7) + "\(text.dropFirst(low.count))  \(needs)"
    }
  }

  private static func working(_ result: ScoreResult) -> [String] {
    var lines: [String] = []
    let label = result.inputs.map(\.variable.id.columns).max() ?? 0
    for input in result.inputs {
      var line = "    \(input.variable.id.padded(to: label))  \(input.typed)"
      if input.used != input.typed { line += "  used as \(input.used)" }
      if let adjustment = input.adjustment { line += "  (\(adjustment))" }
      lines.append(line)
    }
    if let value = result.value {
      let width = max(12, result.terms.map(\.label.columns).max() ?? 0)
      let points = { (number: Double, decimals: Int) in
        (FixedDecimal(number)?.formatted(decimals: decimals) ?? "\(number)").padded(left: 12)
      }
      let decimals = isNamed(result.score) ? 0 : 4
      lines += result.terms.map { term in
        "    \(term.label.padded(to: width))\(term.text(decimals: decimals).padded(left: 12))"
      }
      if !isNamed(result.score) {
        let sum = result.terms.reduce(0) { $0 + $1.points }
        let label = abs(sum - value.unrounded) < 0.001 ? "sum" : "value"
        lines.append("    \(label.padded(to: width))\(points(value.unrounded, decimals))")
      }
    }
    for entry in result.mortality {
      let percent = FixedDecimal(entry.percent)?.formatted(decimals: 1) ?? ""
      lines.append("    \(percent) % \(entry.event): \(entry.cohort)")
    }
    lines += result.notes.map { "    ! \($0)" }
    for other in result.alternatives where !other.isReading {
      let value = result.score.text(of: other.value)
      lines.append("    ! \(other.label): \(value)" + (other.value.stratum.map { ", \($0)" } ?? ""))
    }
    lines += result.disagreements.map { other in
      let stratum = other.value.stratum.map { $0 == other.text ? "" : ", \($0)" } ?? ""
      return "    ! under \(other.variant.id): \(other.text)\(stratum)"
    }
    lines.append("    form: \(result.variant.id): \(result.variant.meaning)")
    lines += result.score.citations.map { "    \($0)" }
    return lines
  }
}
