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
    let wording = Wording(program: program, notes: notes)
    switch program.root {
    case .condition(let index):
      return wording.conditions(index, isRequired: true, isSufficient: true)
    case .term: return wording.leaf(program.root, isRequired: true, isSufficient: true)
    }
  }
}

extension Wording {
  fileprivate func conditions(
    _ index: Program.Index<Program.Condition>, isRequired: Bool, isSufficient: Bool
  ) -> [Criteria.Condition] {
    switch program[index] {
    case .junction(.and, let run):
      program[run].flatMap { conditions($0, isRequired: isRequired, isSufficient: false) }
    case .junction(.or, let run):
      program[run].flatMap { conditions($0, isRequired: false, isSufficient: isSufficient) }
    case .connective(_, let a, let b):
      [a, b].flatMap { conditions($0, isRequired: false, isSufficient: false) }
    case .atLeast(_, let run):
      program[run].flatMap { conditions($0, isRequired: false, isSufficient: false) }
    case .holds, .not, .compare, .equivalent, .between, .isOneOf, .intersects, .includes, .test,
      .event, .window:
      leaf(.condition(index), isRequired: isRequired, isSufficient: isSufficient)
    }
  }

  /// What is not taken apart.
  fileprivate func leaf(
    _ part: Program.Part, isRequired: Bool, isSufficient: Bool
  ) -> [Criteria.Condition] {
    guard let subject = references(part).first.flatMap(symbol) else { return [] }
    return [
      Criteria.Condition(
        subject: subject, words: words(part, about: subject), isRequired: isRequired,
        isSufficient: isSufficient)
    ]
  }

  /// A condition without the name of its subject at the start.
  private func words(_ part: Program.Part, about subject: Symbol) -> String {
    let phrase = text(part)
    let label = subject.label.insideSentence
    if phrase == label { return "yes" }
    if phrase == "not \(label)" { return "no" }
    return phrase.hasPrefix(label + " ") ? String(phrase.dropFirst(label.count + 1)) : phrase
  }
}
