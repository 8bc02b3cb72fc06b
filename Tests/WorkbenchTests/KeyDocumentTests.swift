import Foundation
import Terminal
import Testing

@testable import Workbench

@Suite struct KeyDocumentTests {
  private static let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../docs/keys.md").standardizedFileURL

  /// `docs/keys.md` is what the bindings say; `LOBULE_RECORD=1` writes it anew.
  @Test func documentIsFresh() throws {
    let text = KeyDocument.markdown
    if ProcessInfo.processInfo.environment["LOBULE_RECORD"] == "1" {
      try text.write(to: Self.file, atomically: true, encoding: .utf8)
    }
    let written = try String(contentsOf: Self.file, encoding: .utf8)
    let lines = zip(written.split(separator: "\n"), text.split(separator: "\n"))
    let first = lines.first { $0 != $1 }
    #expect(
      written == text,
      "docs/keys.md is stale, first at '\(first?.0 ?? "its end")'; record it with LOBULE_RECORD=1")
  }

  /// No key of any state is missing.
  @Test func saysEveryKeyOfEveryState() {
    let contexts = KeyContext.all(library: Desk.library)
    let sections = KeyDocument.sections(contexts)
    for context in contexts {
      let shown = sections.filter { section in
        section.title.prefix { $0 != "," } == context.title.prefix { $0 != "," }
          || ["Everywhere", "Lists and texts"].contains(section.title)
      }.flatMap(\.rows).flatMap(\.keys)
      for key in context.bindings.flatMap(\.keys) {
        #expect(shown.contains(key), "\(context.title): \(key.name)")
      }
    }
  }

  @Test func showsChosenKeys() {
    let map = KeyMap([.init("sort", keys: ["o"]), .init("down", keys: ["n"])])
    let rows = KeyDocument.sections(KeyContext.all(library: Desk.library), map).flatMap(\.rows)
    #expect(rows.first { $0.name == "sort" }?.keyNames == "o")
    #expect(rows.first { $0.name == "down" }?.keyNames == "n")
  }
}
