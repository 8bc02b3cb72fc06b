import Assessment
import Hepatology
import Quantities
import Terminal

/// What the app shows, said in a sentence that stands by itself.
extension ScoreResult {
  /// The name with the value and its band, with the range that is left, or with why there is none.
  var sentence: String {
    switch outcome {
    case .value:
      let value = remark.isEmpty ? headline : "\(headline), \(remark)"
      return "\(score.name) \(value)\(notes.isEmpty ? "" : " (see .why \(score.id))")"
    case .notApplicable: return "\(score.name) does not apply: \(remark)"
    case .missing(let gaps):
      let left = range.map { "\($0.text), " } ?? ""
      return "\(score.name) \(left)needs \(gaps.map(\.variable.label).joined(separator: ", "))"
    }
  }

  /// The value with its working, a line each: what it is, what went in, what it is made of.
  var explained: [String] {
    var lines = [sentence]
    if !bandWords.isEmpty, !lines[0].contains(bandWords) { lines.append(bandWords) }
    lines += notes.map { "Note: \($0)" }
    lines += inputs.map { input in
      let used = input.used == input.typed ? "" : ", used as \(input.used)"
      let held = input.adjustment.map { ", \($0)" } ?? ""
      return "\(input.variable.label): \(input.typed)\(used)\(held)"
    }
    if value != nil {
      lines += terms.map { "\($0.label): \($0.text(decimals: isNamed ? 0 : 4))" }
    }
    lines += mortality.map { entry in
      let percent = FixedDecimal(entry.percent)?.formatted(decimals: 1) ?? "\(entry.percent)"
      return "\(percent) % \(entry.event), in \(entry.cohort)"
    }
    return lines + ["Form: \(variant.meaning)"] + score.citations.map { "Source: \($0)" }
  }
}

extension TrialLine {
  /// The trial, its verdict and why; first of all whether anybody can enter.
  var sentence: String {
    switch standing {
    case .notRecruiting, .clearsToAttest: "\(id) \(headline)"
    case .clears, .open, .blocked: "\(id) \(verdict.name): \(headline)"
    }
  }
}

extension Suggestion {
  /// What a value could do.
  var sentence: String {
    "\(variable.label) \(lastOf.isEmpty ? words : "is the \(words)")"
  }

  /// What it could do, without its name.
  var words: String {
    if let last = lastOf.first {
      return "last value missing for \(last)"
        + (lastOf.count > 1 ? " and \(lastOf.count - 1) more" : "")
    }
    if excludes > 0 { return "could exclude from \(Self.count(excludes))" }
    return trials > 0 ? "alone can decide in \(Self.count(trials))" : "decides with others only"
  }

  /// The same in the fewest letters.
  var shortWords: String {
    if let last = lastOf.first { return "last for \(last)" }
    if excludes > 0 { return "may exclude from \(excludes)" }
    return trials > 0 ? "may decide in \(trials)" : "with others"
  }

  private static func count(_ trials: Int) -> String {
    "\(trials) \(trials == 1 ? "trial" : "trials")"
  }
}

extension Document {
  /// The rows as text, without the marks, which words stand behind.
  var lines: [String] {
    rows.compactMap { row in
      let text = row.map(\.text)
        .filter { $0.count > 1 || $0.first.map { $0.isLetter || $0.isNumber } ?? false }
        .joined(separator: " ")
      return text.isEmpty ? nil : text
    }
  }
}

extension Variable {
  /// The question in a line: what is asked, in which unit, which answers there are.
  ///
  /// - Parameter unit: The unit that a number without one has.
  func asked(in unit: Unit?) -> String {
    switch kind {
    case .quantity(let measure):
      guard let unit, unit != .one else { return "\(label)?" }
      let others = measure.units.filter { $0 != unit && $0 != .one }.map(\.symbol)
      let rest = others.isEmpty ? "" : ", or with \(others.joined(separator: " or ")) behind it"
      return "\(label), in \(unit.symbol)\(rest)?"
    case .choice(let choices, _): return "\(label)? \(choices.options)"
    case .choices(let choices): return "\(label), any of them? \(choices.options)"
    case .yesNo: return "\(label), yes or no?"
    case .event: return "\(label): never, ongoing, or on which day?"
    }
  }

  /// What was typed, with the answers that were given by their numbers by name.
  func named(_ typed: String) -> String {
    func names(_ choices: [Choice]) -> String? {
      guard choices.isNumbered else { return nil }
      let words = typed.split { $0 == "," || $0 == " " }
      let named = words.compactMap { word in
        Int(word).flatMap { choices.indices.contains($0 - 1) ? choices[$0 - 1].id : nil }
      }
      return named.count == words.count ? named.joined(separator: ", ") : nil
    }
    switch kind {
    case .choice(let choices, _), .choices(let choices): return names(choices) ?? typed
    default: return typed
    }
  }
}

extension Patient {
  /// What is known of a variable, with its name; `nil` where nothing is.
  func sentence(of variable: Variable) -> String? {
    guard let entry = self[variable] else { return nil }
    var text = entry.shown
    switch (variable.kind, entry.reading.value) {
    case (.choice(let choices, _), .choice(let id)):
      text = choices.first { $0.id == id }?.label ?? id
    case (.choices(let choices), .choices(let ids)):
      text = choices.filter { ids.contains($0.id) }.map(\.label).joined(separator: ", ")
    case (.yesNo, .yesNo(let yes)): text = yes ? "yes" : "no"
    default: break
    }
    return "\(variable.label) \(text)" + (entry.taken.map { ", taken on \($0)" } ?? "")
  }
}
