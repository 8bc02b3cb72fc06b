import Criteria
import Hepatology
public import Quantities
public import Trials

extension Screening {
  /// The screening of some trials as JSON with stable keys, and what to ask next.
  ///
  /// `trials` with `id`, `verdict`, `criteria`, `unknown` and `attest` (ids), `title`, `blockedBy`,
  /// `stale`, `exclusionsInSource`, `recruits` (`null` where the record has no status), `status` in
  /// the registry's word and `asOf`; each of `criteria` with `id`, `polarity`, `result`, `blocks`,
  /// `needs`, `sentence`, `text`, `expression`, `change` and `clearsOn`, `margins`, `answer`,
  /// `conflictsWith`, `ambiguity`, `reading` and `stale`. `askNext` with `variable`, `settles`
  /// (criteria that it can decide by itself), `trials` (of how many), `together` (criteria that it
  /// decides with others only), `excludes` (trials that it can exclude from by itself) and `lastOf`
  /// (the ids of the trials whose last open question it is).
  ///
  /// - Parameter ids: The trials, in order; ids that are none are left out.
  public func json(of ids: [TrialRecord.ID]) -> JSONValue {
    .object([
      "trials": .array(ids.compactMap { screening(of: $0) }.map(json)),
      "askNext": .array(
        askNext().map {
          .object([
            "variable": .string($0.variable.id), "settles": .number($0.criteria),
            "trials": .number($0.trials), "together": .number($0.together),
            "excludes": .number($0.excludes), "lastOf": .strings($0.lastOf),
          ])
        }),
    ])
  }

  private func json(_ screened: TrialScreening) -> JSONValue {
    let status = screened.trial.currentStatus
    return .object([
      "id": .string(screened.trial.id),
      "verdict": .string(screened.verdict.name),
      "criteria": .array(screened.criteria.map { json($0, of: screened.trial.id) }),
      "unknown": .strings(screened.unknown.map(\.id)),
      "attest": .strings(screened.attest),
      "title": .string(screened.trial.shortTitle),
      "blockedBy": .strings(screened.criteria.filter(\.blocks).map(\.criterion.id)),
      "stale": .strings(screened.stale.map(\.id)),
      "exclusionsInSource": .bool(screened.trial.eligibility.exclusionsInSource),
      "recruits": screened.trial.recruits.map { .bool($0) } ?? .null,
      "status": (status?.value.rawValue).map { .string($0) } ?? .null,
      "asOf": (status?.asOf).map { .string("\($0)") } ?? .null,
    ])
  }

  private func json(_ screened: ScreenedCriterion, of trial: TrialRecord.ID) -> JSONValue {
    let criterion = screened.criterion
    let reason = reason(for: Question(trial: trial, criterion: criterion.id))
    var conflicts: [String] = []
    if case .conflict(let others) = screened.result { conflicts = others }
    var change = "mayChange"
    var day: Day?
    switch reason?.change {
    case .clears(let on)?: (change, day) = ("clears", on)
    case .stays?: change = "stays"
    default: break
    }
    func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
    return .object([
      "id": .string(criterion.id),
      "polarity": .string(criterion.polarity.rawValue),
      "result": .string(screened.result.name),
      "blocks": .bool(screened.blocks),
      "needs": .strings(screened.needs.map(\.id)),
      "sentence": .string(reason?.sentence ?? ""),
      "text": .string(criterion.text),
      "expression": text(reason?.expression),
      "change": screened.blocks ? .string(change) : .null,
      "clearsOn": text(day.map { "\($0)" }),
      "margins": .array((reason?.margins ?? []).map(json)),
      "answer": screened.answer.map { .bool($0) } ?? .null,
      "conflictsWith": .strings(conflicts),
      "ambiguity": text(criterion.ambiguity),
      "reading": text(criterion.reading),
      "stale": .strings(screened.stale.map(\.id)),
    ])
  }

  private func json(_ margin: Margin) -> JSONValue {
    .object([
      "name": .string(margin.name), "value": .number(margin.value),
      "threshold": .number(margin.threshold),
      "unit": margin.unit.map { .string($0.code) } ?? .null,
      "holds": .bool(margin.holds), "isNear": .bool(margin.isNear()),
    ])
  }
}
