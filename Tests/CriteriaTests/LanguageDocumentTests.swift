import Foundation
import TestSupport
import Testing

@testable import Criteria

/// The tables of the documentation, made from the table of operators.
private enum LanguageDocument {
  static let start = """
    <!-- operators: made from Sources/Criteria/Syntax/OperatorTable.swift; edit that, then run
    LOBULE_RECORD=1 swift test --filter LanguageDocumentTests -->
    """
  static let end = "<!-- end of operators -->"

  static var markdown: String {
    let operators = PrefixOperator.allCases.map(\.entry) + Follower.all.map(\.entry)
    let levels = Precedence.allCases.reversed().filter { level in
      operators.contains { $0.precedence == level }
    }
    let rows = levels.enumerated().flatMap { rank, level in
      operators.filter { $0.precedence == level }.map { "| \(rank + 1) \(row($0))" }
    }
    let lines =
      [
        "## Operators", "",
        "From tight to loose. Operators with the same number bind alike and are read from the left "
          + "to the right: `7 - 2 - 1` is 4, and `2 ^ 3 ^ 2` is 64.", "",
        "| binds | write | it says |", "|---|---|---|",
      ] + rows + ["", "`is not null`, `is not true` and `is not false` say the opposite.", ""]
      + ["## Forms", "", "| write | it says |", "|---|---|"]
      + Form.allCases.map { row($0.entry) }
      + ["", "## Functions", "", "| write | it says |", "|---|---|"]
      + Function.allCases.map { row($0.entry) }
      + [
        "", "## Limits", "",
        "An expression has at most \(Lexer.lengthLimit) characters and is nested at most "
          + "\(Syntax.depthLimit) levels deep; `and` and `or` join any number of conditions on one "
          + "level.",
      ]
    return lines.joined(separator: "\n")
  }

  private static func row(_ entry: OperatorEntry) -> String {
    "| `\(entry.example)` | \(entry.meaning) |"
  }
}

@Suite struct LanguageDocumentTests {
  /// The tables of `docs/criteria-language.md` are what the table of operators says.
  @Test func documentIsFresh() throws {
    let document = RecordedText("docs/criteria-language.md")
    let written = try #require(document.text)
    let start = try #require(written.range(of: LanguageDocument.start + "\n"))
    let end = try #require(written.range(of: "\n" + LanguageDocument.end))
    document.expect(
      written[..<start.upperBound] + LanguageDocument.markdown + "\n" + LanguageDocument.end
        + written[end.upperBound...])
  }

  /// An example is an expression whose outermost operator is the one that it explains.
  @Test func examplesAreExpressions() throws {
    for symbol in PrefixOperator.allCases {
      guard case .prefix(symbol, _) = try read(symbol.entry) else {
        Issue.record("\(symbol)")
        continue
      }
    }
    for symbol in Follower.all {
      let found: Follower? =
        switch try read(symbol.entry) {
        case .junction(let found, _): .junction(found)
        case .infix(let found, _, _): .infix(found)
        case .range(let found, _, _, _): .range(found)
        case .test(let found, _, negated: false): .test(found)
        case .event(let found, _): .event(found)
        case .window(let found, _, _): .window(found)
        default: nil
        }
      #expect(found == symbol)
    }
    for form in Form.allCases {
      let found: Form? =
        switch try read(form.entry) {
        case .conditional: .conditional
        case .cases: .cases
        case .interval: .interval
        case .atLeast: .atLeast
        default: nil
        }
      #expect(found == form)
    }
    for function in Function.allCases {
      guard case .call(function.rawValue, _) = try read(function.entry) else {
        Issue.record("\(function)")
        continue
      }
    }
  }

  private func read(_ entry: OperatorEntry) throws -> Syntax.Kind {
    let text = entry.example
    if entry == Membership.intersect.entry {
      _ = try expression("exists (\(text))")
    } else {
      _ = try expression(text)
    }
    return try syntax(text).kind
  }

  /// The words and marks of the table mean what they mean, and nothing else.
  @Test func wordsOfTheTableAreNoNames() throws {
    for word in OperatorTable.keywords {
      let found = try? syntax(word)
      #expect(found == nil || ["null", "true", "false"].contains(word), "\(word)")
    }
    for name in ["least", "Least", "within1", "nots", "evermore", "_is"] {
      let isWord = OperatorTable.keywords.contains(name)
      #expect((try? syntax(name))?.kind == (isWord ? nil : .name(name, member: nil)))
    }
    for mark in OperatorTable.marks { #expect(Lexer(mark).tokens.first?.kind == .mark(mark)) }
  }

  /// A phase that forgets an operator must not compile.
  @Test func noPhaseHasADefault() throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/Criteria").standardizedFileURL
    let files = try FileManager.default.subpathsOfDirectory(atPath: sources.path).filter { path in
      ["Checking/", "Evaluation/", "Explanation/", "Syntax/P", "Syntax/OperatorTable"].contains {
        path.hasPrefix($0)
      }
    }
    #expect(files.count > 10)
    for file in files {
      let text = try String(contentsOf: sources.appending(path: file), encoding: .utf8)
      #expect(!text.contains("default:") && !text.contains("case _:"), "\(file)")
    }
  }
}
