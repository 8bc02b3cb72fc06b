import Foundation
import Hepatology
import Quantities
import Terminal
import TestSupport
import Testing
import Workbench

@testable import Configuration

@Suite struct ConfigurationTests {
  private func read(_ yaml: String) -> Configuration {
    Configuration(yaml: yaml, file: "config.yaml", variables: .builtIn)
  }

  private func problems(_ yaml: String) -> [String] { read(yaml).problems.map(\.description) }

  @Test(arguments: ["", "\n\n", "# nothing\n", "---\n", "{}"]) func nothingIsNoMistake(yaml: String)
  {
    let configuration = read(yaml)
    #expect(configuration.problems.isEmpty)
    #expect(configuration.theme == .auto && !configuration.ascii)
    #expect(configuration.preferences.units.isEmpty)
    #expect(configuration.favourites.map(\.id).first == "meld3")
  }

  @Test func takesWhatIsWritten() throws {
    let configuration = read(
      """
      theme: high-contrast
      ascii: true
      units:
        all: conventional
        creatinine: µmol/L
      favourites: [childPugh, meld]
      keys:
        sort: o
        switchUnit: [F7, Ctrl-u]
        palette: [":", F8]
      """)
    #expect(configuration.problems.isEmpty)
    #expect(configuration.theme == .highContrast && configuration.ascii)
    let units = configuration.preferences.units
    func unit(_ id: String) throws -> String? {
      units[try #require(VariableTable.builtIn[id])]?.code
    }
    #expect(try unit("totalBilirubin") == "mg/dL")
    #expect(try unit("urea") == "mg/dL{BUN}")
    #expect(try unit("albumin") == "g/dL")
    #expect(try unit("platelets") == "10*3/uL")
    #expect(try unit("creatinine") == "umol/L")
    #expect(try unit("inr") == nil)
    #expect(configuration.favourites.map(\.id) == ["childPugh", "meld"])
    #expect(
      configuration.keys == [
        .init("sort", keys: [.character("o")]),
        .init("switchUnit", keys: [.function(7), .control("u")]),
        .init("palette", keys: [.character(":"), .function(8)]),
      ])
  }

  @Test(arguments: [
    ("them: dark", "config.yaml:1:1: error: 'them' is no entry; did you mean 'theme'?"),
    ("\nfont: big", "config.yaml:2:1: error: 'font' is no entry; the entries are theme, ascii"),
    ("theme: drak", "config.yaml:1:8: error: 'drak' is no theme; did you mean 'dark'?"),
    ("theme: [dark]", "config.yaml:1:8: error: 'theme' is one word"),
    ("mouse: on", "config.yaml:1:8: error: 'mouse' is true or false"),
    ("ascii: maybe", "config.yaml:1:8: error: 'ascii' is true or false"),
    ("units: metric", "config.yaml:1:8: error: 'metric' is no custom of units; there are SI"),
    (
      "units:\n  bilirubin: mg/dL",
      "config.yaml:2:3: error: 'bilirubin' is no variable; did you mean 'baselineBilirubin' or"
    ),
    (
      "units:\n  creatinine: mmol/L",
      "config.yaml:2:15: error: 'mmol/L' is no unit of creatinine; it takes 'umol/L', 'mg/dL'"
    ),
    ("units:\n  sex: mg/dL", "config.yaml:2:3: error: sex is no quantity and has no unit"),
    (
      "dates: german",
      "config.yaml:1:8: error: 'german' is no form of dates; there are iso, day-first"
    ),
    ("limits: high", "config.yaml:1:9: error: 'limits' is a list of variables such as"),
    ("limits:\n  sex: 1 to 2", "config.yaml:2:3: error: sex is no quantity and has no unit"),
    (
      "limits:\n  totalBilirubin: 5 to 600",
      "config.yaml:2:19: error: '5 to 600' has no unit; write the least and the greatest number"
    ),
    (
      "limits:\n  totalBilirubin: 600 to 5 umol/L",
      "config.yaml:2:19: error: '600 to 5 umol/L' are no limits;"
    ),
    (
      "limits:\n  totalBilirubin: 5 to 600 mmol/L",
      "config.yaml:2:19: error: 'mmol/L' is no unit of totalBilirubin; it takes 'umol/L', 'mg/dL'"
    ),
    (
      "limits:\n  totalBilirubin: 5 to 6000 umol/L",
      "config.yaml:2:19: error: limits of totalBilirubin lie within 1 to 1710 umol/L, outside of"
    ),
    ("favourites: [meld4]", "config.yaml:1:14: error: 'meld4' is no score; did you mean 'meld"),
    ("favourites: [meld, meld]", "config.yaml:1:20: error: 'meld' is among the favourites already"),
    ("favourites: []", "config.yaml:1:13: error: 'favourites' names one score at least"),
    ("keys:\n  srot: o", "config.yaml:2:3: error: 'srot' is no action; did you mean 'sort'?"),
    ("keys:\n  sort: Alt-x", "config.yaml:2:9: error: 'Alt-x' is no key; keys are written as g,"),
    ("keys:\n  sort:", "config.yaml:2:8: error: 'sort' needs a key"),
    (
      "keys:\n  quit: Ctrl-x\n  sort: /",
      "config.yaml:2:3: error: Ctrl-x would do both 'quit' and 'clear' (Patient, in a field); "
        + "give one of them another key"
    ),
    (
      "keys:\n  sort: /",
      "config.yaml:2:3: error: / would do both 'sort' and 'filter' (Trials); "
        + "give one of them another key"
    ),
    ("- theme", "config.yaml:1:1: error: a configuration is a list of entries"),
    ("theme: dark\ntheme: light", "'theme' is given twice"),
    ("theme: 'dark", "config.yaml:1:13: error: this is not YAML: found unexpected end"),
    ("keys: &a {sort: o}\nunits: *b", "this is not YAML"),
  ])
  func namesWhatIsWrong(yaml: String, expected: String) {
    let found = problems(yaml)
    #expect(found.contains { $0.contains(expected) }, "\(found)")
  }

  @Test func theRestHolds() {
    let configuration = read(
      "theme: drak\nascii: true\nkeys:\n  sort: /\n  variant: o\nfavourites: [nope, meld]")
    #expect(configuration.problems.count == 3)
    #expect(configuration.theme == .auto && configuration.ascii)
    #expect(configuration.keys == [.init("variant", keys: [.character("o")])])
    #expect(configuration.favourites.map(\.id) == ["meld"])
  }

  @Test func whatIsShownIsReadAsTheSame() {
    let first = read(
      "theme: light\nunits: {all: conventional, urea: mmol/L}\nfavourites: [meld]\n"
        + "dates: month-first\nlimits: {totalBilirubin: 0.5 to 35 mg/dL, inr: 0.8 to 8}\n"
        + "keys: {sort: [\"'\", '\"', \"\\\\\"], down: [Space, F4]}")
    #expect(first.problems.isEmpty)
    let again = read(Configuration.Entry.allCases.map(first.written).joined(separator: "\n"))
    #expect(again.problems.isEmpty)
    #expect(again.theme == first.theme && again.keys == first.keys)
    #expect(again.preferences.units == first.preferences.units)
    #expect(again.dates == .monthFirst)
    #expect(again.limits == first.limits && again.limits.count == 2)
    let standard = read(
      Configuration.Entry.allCases.map(Configuration(variables: .builtIn).written).joined(
        separator: "\n"))
    #expect(standard.problems.isEmpty && standard.keys.isEmpty)
  }

  @Test func examplesAreRight() {
    for entry in Configuration.Entry.allCases {
      #expect(problems(entry.example).isEmpty, "\(entry.rawValue)")
    }
    let all = Configuration.Entry.allCases.map(\.example).joined(separator: "\n")
    #expect(problems(all).isEmpty)
  }

  @Test func documentIsFresh() {
    RecordedText("docs/configuration.md").expect(Configuration.markdown)
  }
}
