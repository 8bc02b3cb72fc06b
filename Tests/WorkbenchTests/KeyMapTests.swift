import Terminal
import Testing

@testable import Workbench

/// Keys that a user has chosen.
@Suite struct KeyMapTests {
  private func desk(_ changes: KeyMap.Change..., size: Size = .large) -> Desk {
    Desk(size, keys: KeyMap(changes))
  }

  @Test func anActionHasItsNewKeysOnly() {
    let desk = desk(.init("sort", keys: ["o", "F5"]))
    #expect(desk.keyLine.contains("o sort"))
    #expect(desk.press("o").keyLine.contains("Sorted by phase."))
    #expect(desk.press("F5").keyLine.contains("Sorted by status."))
    #expect(!desk.press("s").keyLine.contains("Sorted"))
    #expect(desk.press("?").type("sort").row("Sort by").contains("o F5"))
    #expect(desk.press("Esc", ":").type("sort").row("Sort by").contains("o F5"))
  }

  @Test func allBindingsOfAnActionBecomeOne() {
    let desk = desk(.init("quit", keys: ["x", "F10"]))
    #expect(desk.press("q").effects.isEmpty)
    #expect(desk.press("Ctrl-q").effects.isEmpty)
    #expect(desk.press("x").effects == [.quit])
  }

  @Test func lettersStayInputInFields() {
    let desk = desk(.init("quit", keys: ["x"]), .init("switchUnit", keys: ["F3", "u"]))
    #expect(desk.go(to: "totalBilirubin").press("x", "u").typed("totalBilirubin") == "xu")
    desk.press("Esc").type("214").press("F3")
    #expect(desk.shows("mg/dL"))
    #expect(desk.press("Ctrl-q").shows("Leave?"), "what has no key left keeps its own")
  }

  @Test func motionsMoveByOtherKeys() {
    let desk = desk(.init("down", keys: ["n", "F4"]), .init("last", keys: ["z"]))
    let first = desk.row("▸")
    #expect(desk.press("j").row("▸") == first)
    #expect(desk.press("n").row("▸") != first)
    #expect(desk.press("Up").row("▸") == first)
    #expect(desk.press("F4").row("▸") != first)
    #expect(desk.press("z").row("▸").contains("NCT07409259"))
  }

  @Test func twoActionsOfOneKeyClash() {
    let contexts = KeyContext.all(library: Desk.library)
    func clash(_ changes: KeyMap.Change...) -> KeyMap.Clash? {
      KeyMap(changes).clash(in: contexts)
    }
    #expect(KeyMap.standard.clash(in: contexts) == nil)
    #expect(
      clash(.init("sort", keys: ["/"]))
        == KeyMap.Clash(key: "/", names: ["sort", "filter"], context: "Trials"))
    #expect(clash(.init("sort", keys: ["j"]))?.names == ["sort", "down"])
    #expect(clash(.init("down", keys: ["s"]))?.names == ["down", "sort"])
    #expect(clash(.init("sort", keys: ["o"])) == nil)
    #expect(
      clash(.init("sort", keys: ["/"]), .init("filter", keys: ["s"])) == nil, "they change places")
    #expect(clash(.init("why", keys: ["Ctrl-u"]))?.names == ["why", "switchUnit"])
    #expect(clash(.init("favourite", keys: ["s"])) == nil, "they work in different places")
  }

  @Test func everyActionHasANameOfItsOwn() {
    let bindings = KeyContext.all(library: Desk.library).flatMap(\.bindings)
    let names = Dictionary(grouping: bindings, by: \.action.name)
    for (name, found) in names {
      #expect(Set(found.map(\.action)).count == 1, "\(name)")
      #expect(name.allSatisfy { $0.isASCII && $0.isLetter }, "\(name)")
      #expect(!Motion.allCases.map(\.rawValue).contains(name))
    }
  }

  @Test("What a sentence says of a key is true after a change")
  func sentencesNameTheKeysThatHold() {
    let map = KeyMap([
      .init("allFields", keys: [.function(9)]), .init("otherUnit", keys: [.function(8)]),
      .init("undo", keys: [.character("r"), .function(7)]),
    ])
    let desk = Desk(.large, keys: map).press("2")
    for _ in 0..<200 { desk.press("Down") }
    #expect(desk.keyLine.contains("The last field; F9 shows all fields."))
    desk.go(to: "totalBilirubin").type("12.5").press("Enter")
    #expect(desk.shows("F8 takes mg/dL, Enter keeps µmol/L."))
    // Where letters are input a letter is none.
    #expect(map.name(of: .undo, usually: .control("_")) == "F7")
    #expect(map.name(of: .undo, usually: .character("z"), takesText: false) == "r")
    #expect(KeyMap.standard.name(of: .allFields, usually: .control("o")) == "Ctrl-o")
  }

}
