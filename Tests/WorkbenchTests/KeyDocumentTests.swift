import Foundation
import Terminal
import TestSupport
import Testing

@testable import Workbench

@Suite struct KeyDocumentTests {
  @Test func documentIsFresh() { RecordedText("docs/keys.md").expect(KeyDocument.markdown) }

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
