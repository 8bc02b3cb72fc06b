import Tables
import Testing

@Suite("Tables")
struct TableTests {
  /// All rows of a text that is read in pieces of that length.
  private func rows(_ text: String, pieces: Int = 3, separator: Character = ",") throws
    -> [[String]]
  {
    var reader = TableReader(separator: try #require(separator.asciiValue))
    var rows: [[String]] = []
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: pieces) {
      try reader.read(Array(bytes[start..<min(start + pieces, bytes.count)])) { row in
        rows.append(try #require(row.texts))
      }
    }
    try reader.finish { rows.append(try #require($0.texts)) }
    return rows
  }

  @Test(
    "Rows and fields",
    arguments: [
      ("", []),
      ("a", [["a"]]),
      ("a,b\nc,d", [["a", "b"], ["c", "d"]]),
      ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]),
      ("a,b\rc,d\r", [["a", "b"], ["c", "d"]]),
      ("a,\n,b\n,\n", [["a", ""], ["", "b"], ["", ""]]),
      ("\n\na\n\n\nb\n\n", [["a"], ["b"]]),
      ("\"\"\n", [[""]]),
      ("\"a,b\",\"c\r\nd\"\r\ne", [["a,b", "c\r\nd"], ["e"]]),
      ("\"a\"\"b\",\"\"\"\"", [["a\"b", "\""]]),
      ("\u{FEFF}a,b", [["a", "b"]]),
      ("\u{FEFF}\"a\",b", [["a", "b"]]),
      ("ä,µmol/L,肝", [["ä", "µmol/L", "肝"]]),
      ("a, \"b", [["a", " \"b"]]),
    ] as [(String, [[String]])])
  func rowsAndFields(text: String, expected: [[String]]) throws {
    for pieces in [1, 2, 3, 5, 1000] {
      if text == "a, \"b" {
        #expect(throws: TableError.self) { try rows(text, pieces: pieces) }
      } else {
        #expect(try rows(text, pieces: pieces) == expected, "in pieces of \(pieces)")
      }
    }
  }

  @Test(
    "What is no table says where",
    arguments: [
      ("a,b\nc,\"d\n\nx", "line 2, field 2: the quotes that open here are never closed"),
      ("a,b\nc,\"d\"e", "line 2, field 2: text behind the closing quote of a field"),
      (
        "a\nb\"c", "line 2, field 1: a quote within a field that does not begin with one; double it"
      ),
      (
        "a\n\"x\ny\"\nb\"",
        "line 4, field 1: a quote within a field that does not begin with one; double it"
      ),
    ])
  func wrong(text: String, reason: String) {
    for pieces in [1, 2, 1000] {
      let error = #expect(throws: TableError.self) { try rows(text, pieces: pieces) }
      #expect(error?.description == reason)
    }
  }

  @Test("UTF-16 is named as such, and a row that never ends is given up")
  func foreign() {
    var reader = TableReader()
    #expect(
      throws: TableError(line: 1, field: 1, reason: "the file is in UTF-16; save it as UTF-8")
    ) {
      try reader.read([0xFF, 0xFE, 0x61, 0]) { _ in }
    }
    var short = TableReader(longestRow: 100)
    #expect(throws: TableError.self) {
      for _ in 0..<20 { try short.read(Array("\"aaaaaaaaa".utf8.dropFirst())) { _ in } }
    }
  }

  @Test("Rows know their number and their line")
  func places() throws {
    var reader = TableReader()
    var places: [[Int]] = []
    try reader.read(Array("a\n\n\"b\nb\"\nc\n".utf8)) { places.append([$0.number, $0.line]) }
    try reader.finish { _ in Issue.record("there is no row left") }
    #expect(places == [[1, 1], [2, 3], [3, 5]])
  }

  @Test("Bytes that are not UTF-8 are no text")
  func invalid() throws {
    var reader = TableReader()
    try reader.read([0x61, 0x2C, 0xE9, 0x0A]) { row in
      #expect(row.text(0) == "a")
      #expect(row.text(1) == nil)
      #expect(Array(row[1]) == [0xE9])
      #expect(row.withBytes(of: 1) { $0.count } == 1)
    }
  }

  @Test("The separator is seen from the header")
  func separator() throws {
    #expect(TableReader.separator(ofHeader: "a;b;\"c,,,\"\n1,2,3,4,5".utf8) == UInt8(ascii: ";"))
    #expect(TableReader.separator(ofHeader: "a\tb,c\td".utf8) == UInt8(ascii: "\t"))
    #expect(TableReader.separator(ofHeader: "a".utf8) == UInt8(ascii: ","))
    #expect(try rows("a;\"b;c\"\n", separator: ";") == [["a", "b;c"]])
  }

  @Test("What is written is read again", arguments: 0..<20)
  func roundTrip(seed: Int) throws {
    var state = UInt64(seed + 1)
    func dice(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    let letters = ["a", "\"", ",", "\n", "\r\n", "µ", " ", ";", "1"]
    let table = (0..<10).map { _ in
      // One field more than none, so that no line is blank.
      ["x"] + (0..<dice(4)).map { _ in (0..<dice(6)).map { _ in letters[dice(9)] }.joined() }
    }
    let text = table.map { TableWriter.row($0) }.joined()
    #expect(try rows(text, pieces: 1 + dice(7)) == table)
  }
}
