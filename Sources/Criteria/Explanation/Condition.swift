/// One of the conditions that an expression is made of, in words without a patient.
public struct Condition: Hashable, Sendable {
  /// The variable or score that it is about; the first one where it is about several.
  public let subject: Symbol
  /// What it asks of the subject: `at least 1.5`; `yes` and `no` where that is all.
  public let words: String
  /// Whether the expression cannot hold where this does not.
  public let isRequired: Bool
  /// Whether the expression holds where this does.
  public let isSufficient: Bool
}

extension Expression {
  /// The conditions that it is made of, in the order of the text; what asks nothing of a patient is
  /// left out.
  public var conditions: [Condition] {
    Wording(program: program, notes: notes).conditions(
      program.root, isRequired: true, isSufficient: true)
  }
}

extension Wording {
  fileprivate func conditions(
    _ index: Int32, isRequired: Bool, isSufficient: Bool
  ) -> [Condition] {
    func parts(_ steps: [Int32], _ isRequired: Bool, _ isSufficient: Bool) -> [Condition] {
      steps.flatMap {
        conditions($0, isRequired: isRequired, isSufficient: isSufficient)
      }
    }
    switch step(index) {
    case .and(let run): return parts(Array(operands(run)), isRequired, false)
    case .or(let run): return parts(Array(operands(run)), false, isSufficient)
    case .xor, .implies, .atLeast: return parts(children(index), false, false)
    default:
      guard let subject = references(index).first.flatMap(symbol) else { return [] }
      return [
        Condition(
          subject: subject, words: words(index, about: subject), isRequired: isRequired,
          isSufficient: isSufficient)
      ]
    }
  }

  /// A condition without the name of its subject at the start.
  private func words(_ index: Int32, about subject: Symbol) -> String {
    let phrase = phrase(index)
    let label = subject.label.insideSentence
    if phrase == label { return "yes" }
    if phrase == "not \(label)" { return "no" }
    return phrase.hasPrefix(label + " ") ? String(phrase.dropFirst(label.count + 1)) : phrase
  }
}
