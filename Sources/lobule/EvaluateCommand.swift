import ArgumentParser
import Assessment
import Criteria
import Hepatology
import Quantities

/// `lobule evaluate`: the value of one expression.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Computes an expression of the criteria language.",
    discussion: """
        lobule evaluate 'inr between 1.5 and 2.6' inr=2.9
        lobule evaluate 'meld + 1' totalBilirubin='214 umol/L' inr=2.1 creatinine='88 umol/L'
        lobule evaluate --explain 'otherTrial within 3 months' otherTrial=2026-09-03

      The value is written as CQL writes it. It is null where it is not known, and what is missing
      is named on standard error.
      """)

  @Argument(help: "The expression.")
  var expression: String

  @Argument(help: "Values, each as NAME=VALUE.")
  var fields: [String] = []

  @Option(help: "The day of screening, as in 2026-11-21; today where none is given.")
  var on: String?

  @Flag(help: "Say in a sentence why.")
  var explain = false

  mutating func run() throws {
    let compiled: Expression
    do {
      compiled = try Expression(
        parsing: expression, vocabulary: Site.vocabulary, expecting: nil)
    } catch {
      Output.report(error.errors.map { "\($0.line):\($0.column): error: \($0.text)" })
      throw ExitCode(2)
    }
    let date = try ScreeningDate.read(on)
    let facts = PatientFacts(
      try Patient(fields: fields, on: date), vocabulary: Site.vocabulary)
    switch compiled.evaluate(facts, on: date) {
    case .value(let value): Output.print(value.literal(of: compiled.type))
    case .unknown(let doubt):
      Output.print("null")
      let needs = Site.vocabulary.variables(of: doubt.variables).map(\.id)
      if !needs.isEmpty { Output.complain(["needs \(needs.joined(separator: ", "))"]) }
      Output.complain(doubt.reasons.map { Self.sentence($0, facts) })
    case .needsPerson(let matters):
      Output.print("null")
      Output.complain(matters.map { "a person must decide: \($0)" })
    }
    if explain { Output.print(compiled.explain(facts, on: date).sentence) }
  }

  private static func sentence(_ reason: Doubt.Reason, _ facts: PatientFacts) -> String {
    switch reason {
    case .person(let matter): "a person must decide: \(matter)"
    case .noScreeningDate: "there is no day of screening"
    case .futureDate(let symbol, let day):
      "\(facts.label(of: symbol)) is dated \(day), after the day of screening"
    }
  }
}
