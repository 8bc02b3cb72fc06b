import Quantities
import Testing

@Suite struct JSONValueTests {
  @Test func writesEveryKindOnOneLine() {
    let value = JSONValue.object([
      "b": .null, "a": .bool(true), "left out": nil, "n": .number(-3), "d": .number(2.5 as Double),
      "e": .number(FixedDecimal("171.10") ?? .zero), "s": .strings(["x", "y"]), "o": .object([:]),
      "l": .array([]), "x": .number(Double.nan), "big": .number(1e300),
    ])
    #expect(
      value.text()
        == #"{"b":null,"a":true,"n":-3,"d":2.5,"e":171.1,"s":["x","y"],"o":{},"l":[],"x":null,"#
        + #""big":1e+300}"#)
    #expect(value["n"] == .number(-3))
    #expect(value["none"] == nil)
  }

  @Test func indentsByTwoSpaces() {
    let value = JSONValue.object(["a": .array([.number(1), .object(["b": .string("c")])])])
    #expect(
      value.text(pretty: true) == """
        {
          "a": [
            1,
            {
              "b": "c"
            }
          ]
        }
        """)
  }

  @Test(arguments: [
    ("\u{1B}[31m", #""\u001b[31m""#), ("a\"b\\c", #""a\"b\\c""#),
    ("\t\n\r\u{8}\u{C}\u{0}", #""\t\n\r\b\f\u0000""#), ("\u{7F}\u{9B}", #""\u007f\u009b""#),
    ("\u{202E}\u{2028}", #""\u202e\u2028""#), ("≥ 10×ULN 肝😀", #""≥ 10×ULN 肝😀""#),
  ])
  func escapesWhatATerminalOrAParserWouldObey(text: String, json: String) {
    #expect(JSONValue.string(text).text() == json)
  }
}
