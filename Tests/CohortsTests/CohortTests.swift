import Hepatology
import TestSupport
import Testing

@testable import Cohorts

@Suite("Cohorts")
struct CohortTests {
  private static let header = "code,totalBilirubin[umol/L],inr,creatinine[mg/dL]\n"

  @Test("Rows come out in order, with what is carried over")
  func order() async throws {
    let rows = (0..<12_000).map { "P\($0),214,\(1 + $0 % 5),1.0\n" }
    for pieces in [1 << 20, 40_099] {
      let scored = try await Scored(
        Cohort(["meld"]), Self.header + rows.joined(), pieces: pieces)
      #expect(scored.report.rows == rows.count)
      #expect(scored.text.hasPrefix("code,meld,reason\n"))
      #expect(scored.rows.count == rows.count)
      for (number, cells) in scored.cells.enumerated() where cells[0] != "P\(number)" {
        Issue.record("row \(number) is \(cells)")
        break
      }
      #expect(scored.rows[1] == "P1,24,")
    }
  }

  @Test(
    "A bad row says where and why, and takes no other with it",
    arguments: [
      ("B,12x,2.1,1.0", "line 3, column 2 (totalBilirubin): 'x' is no unit of this"),
      ("B,99999,2.1,1.0", "line 3, column 2 (totalBilirubin): must be 1 to 1710 µmol/L"),
      ("B,214,0,1.0", "line 3, column 3 (inr): must be 0.5 to 20"),
      ("B,214,-1,1.0", "line 3, column 3 (inr): must be 0.5 to 20"),
      ("B,214,2.1", "line 3, column 3: the row has 3 cells, the header has 4"),
      ("B,214,2.1,1.0,", "line 3, column 5: the row has 5 cells, the header has 4"),
      ("B,214,nan,1.0", "line 3, column 3 (inr): 'nan' is not a number"),
      ("B,2\"14,2.1,1.0", "line 3, column 2 (totalBilirubin): a quote within a field"),
      ("B,\"214\"x,2.1,1.0", "line 3, column 2 (totalBilirubin): text behind the closing quote"),
      ("B,\"214,2.1,1.0", "line 3, column 2 (totalBilirubin): "),
      ("\"B,214,2.1,1.0", "line 3, column 1: "),
      ("B,1.2.3,2.1,1.0", "line 3, column 2 (totalBilirubin): '1.2.3' has two decimal points"),
    ])
  func badRow(row: String, reason: String) async throws {
    let text = Self.header + "A,214,2.1,1.0\n" + row + "\nC,214,2.1,1.0\n\"D\",214,2.1,1.0\n"
    for pieces in [1, 7, 1 << 20] {
      let scored = try await Scored(Cohort(["meld"]), text, pieces: pieces)
      #expect(scored.report.rows == 4)
      #expect(scored.report.badRows == 1)
      let sentence = try #require(scored.bad.first?.sentences.first)
      #expect(sentence.hasPrefix(reason), "\(sentence)")
      #expect(scored.rows.count == 4)
      #expect(scored.rows[0] == "A,24,")
      #expect(scored.rows[1].contains(",,"))
      #expect(scored.rows[1].contains("line 3, column"))
      #expect(scored.rows[2] == "C,24,")
      #expect(scored.rows[3] == "\"D\",24,")
    }
  }

  @Test("All that is wrong with a row is told, and bad rows one after the other")
  func manyBad() async throws {
    let scored = try await Scored(
      Cohort(["meld"]), Self.header + "A,x,y,1\nB,\"1\n\nC,214,2.1,1\n")
    #expect(scored.bad.map(\.faults.count) == [2, 1])
    #expect(scored.bad.map(\.line) == [2, 3])
    #expect(scored.rows.last == "C,24,")
  }

  @Test("Quotes that are never closed cost their own line alone, however long the file")
  func openQuote() async throws {
    let good = (0..<70_000).map { "P\($0),214,2.1,1.0\n" }.joined()
    let scored = try await Scored(
      Cohort(["meld"]), Self.header + "A,\"214,2.1,1.0\n" + good, pieces: 1 << 16)
    #expect(scored.report.rows == 70_001)
    #expect(scored.report.badRows == 1)
    #expect(scored.rows.last == "P69999,24,")
  }

  @Test("Fields may hold separators, quotes and line breaks")
  func quoted() async throws {
    let text =
      "\u{FEFF}code,\"totalBilirubin[umol/L]\",inr,creatinine[mg/dL]\r\n"
      + "\"a,\"\"b\"\"\r\nc\",\"214\",\"2.1\",1.0\r\nB,x,2.1,1.0\r\n"
    for pieces in [1, 5, 1 << 20] {
      let scored = try await Scored(Cohort(["meld"]), text, pieces: pieces)
      #expect(scored.text.hasPrefix("code,meld,reason\r\n\"a,\"\"b\"\"\r\nc\",24,\r\nB,,"))
      #expect(scored.bad.map(\.line) == [4])
    }
  }

  @Test("Semicolons and decimal commas, tabulators, and CR alone")
  func shapes() async throws {
    let german = try await Scored(
      Cohort(["meld"]), "code;totalBilirubin[mg/dL];inr;creatinine[mg/dL]\nA;12,5;2,1;1,0\n")
    #expect(german.text == "code;meld;reason\nA;24;\n")
    let tabs = try await Scored(
      Cohort(["meld"]), "id\ttotalBilirubin[mg/dL]\tinr\tcreatinine[mg/dL]\nA\t12.5\t2.1\t1\n")
    #expect(tabs.text == "id\tmeld\treason\nA\t24\t\n")
    let old = try await Scored(
      Cohort(["meld"]), "id,totalBilirubin[mg/dL],inr,creatinine[mg/dL]\rA,12.5,2.1,1\r\rB,x,1,1")
    #expect(old.rows.first == "A,24,")
    #expect(old.bad.map(\.line) == [4])
  }

  @Test("What is missing is named and is no bad row; bounds and the young go to the bedside")
  func missing() async throws {
    let text =
      "code,age,totalBilirubin[umol/L],inr,creatinine[mg/dL],renalReplacement\n"
      + "A,,214,,1.0,\nB,,214,<1.2,1.0,\nC,11,214,2.1,1.0,\nD,,214,2.1,,yes\nE,,,2.1,,yes\n"
    let scored = try await Scored(Cohort(["meld"]), text)
    #expect(scored.report.badRows == 0)
    #expect(
      scored.rows == [
        "A,,meld needs inr", "B,,\"meld needs inr (< 1.2 is a bound, not a value)\"",
        "C,,meld does not apply: for people of 12 years and older; younger ones have PELD",
        "D,38,", "E,,meld needs totalBilirubin",
      ])
  }

  @Test("What befalls many rows is told once")
  func remarks() async throws {
    let text =
      "code,ward,totalBilirubin[umol/L],inr,creatinine[mg/dL],lactate[mmol/L]\n"
      + "A,x,12,2.1,0.7,1\nB,x,214,0.9,5.0,1\nC,x,1.2,2.1,1.5,nonsense\n"
    let scored = try await Scored(Cohort(["meld", "meldNa"]), text)
    #expect(scored.report.badRows == 0)
    #expect(scored.report.unusedColumns == ["ward", "lactate"])
    #expect(
      scored.report.remarks == [
        "meldNa needs sodium: the file has no such column",
        "totalBilirubin[umol/L]: 1 value outside of what is usual: right?",
        "totalBilirubin[umol/L]: 2 values would be ordinary in mg/dL and are not here: is the unit "
          + "right?",
        "creatinine lowered to 4 mg/dL in 1 row (meld)",
        "creatinine raised to 1 mg/dL in 1 row (meld)",
        "inr raised to 1 in 1 row (meld)",
        "totalBilirubin raised to 1 mg/dL in 2 rows (meld)",
        "renalReplacement not answered, computed without it, in 3 rows (meld)",
      ])
    // The bedside counts the same.
    let slow = try await Scored(Cohort(["meld", "meldNa"], notes: true), text.filter { $0 != "x" })
    #expect(slow.report.badRows == 1)
  }

  @Test("Notes say what must be known of each row")
  func notes() async throws {
    let scored = try await Scored(
      Cohort(["meld"], notes: true), Self.header + "A,214,2.1,0.7\nB,214,2.1,x\n")
    #expect(scored.text.hasPrefix("code,meld,reason,notes\n"))
    #expect(scored.rows[0].contains("meld: creatinine 0.7 mg/dL used as 1 mg/dL (raised"))
    #expect(scored.rows[0].contains("Renal replacement is not answered"))
    #expect(scored.rows[1].hasPrefix("B,,"))
  }

  @Test("JSON is an array with a line for each row; a table is aligned")
  func formats() async throws {
    let text = Self.header + "\"A \"\"1\"\"\",214,2.1,1.0\nB,x,2.1,1.0\nC,,2.1,1\n"
    let json = try await Scored(Cohort(["meld"], format: .json), text)
    let lines = json.text.split(separator: "\n")
    #expect(lines.first == "[" && lines.last == "]" && lines.count == 5)
    #expect(lines[1].hasPrefix("{\"line\":2,\"columns\":{\"code\":\"A \\\"1\\\"\"},"))
    #expect(lines[1].hasSuffix("\"scores\":{\"meld\":24}},"))
    #expect(lines[2].contains("\"scores\":{\"meld\":null},\"reason\":\"line 3, column 2"))
    let none = try await Scored(Cohort(["meld"], format: .json), Self.header)
    #expect(none.text == "[\n]\n")
    let table = try await Scored(Cohort(["meld"], format: .table), text)
    #expect(table.rows[0] == "A \"1\"          24")
    #expect(table.rows[2] == "C               –  meld needs totalBilirubin")
  }

  @Test(
    "A wrong header says what would be right",
    arguments: [
      ("totalBilirubin,inr", "column 1: totalBilirubin needs a unit: write totalBilirubin[umol/L]"),
      ("totalBilrubin[umol/L],inr", "did you mean totalBilirubin"),
      ("inr,creatinin", "column 2: 'creatinin' is not a variable; did you mean creatinine"),
      ("INR,age", "column 1: 'INR' is not a variable; did you mean inr"),
      ("totalBilirubin[mmHg],inr", "column 1: totalBilirubin: "),
      ("totalBilirubin[g],inr", "measure different things"),
      ("urea[mg/dL],inr", "does not say what is measured; write mg/dL{urea} or mg/dL{BUN}"),
      ("inr,age,inr", "column 3: inr is in column 1 already"),
      ("inr,,age", "column 2 has no name"),
      ("sex[umol/L],inr", "sex has no unit"),
      ("name,ward", "no column is a variable"),
      ("", "the file is empty"),
    ])
  func wrongHeader(header: String, message: String) async throws {
    let error = await #expect(throws: CohortError.self) {
      try await Scored(Cohort(["meld"]), header + (header.isEmpty ? "" : "\n1,2\n"))
    }
    #expect(error?.description.contains(message) ?? false, "\(error?.description ?? "")")
  }

  @Test("A column that looks misspelt may be carried over")
  func keep() async throws {
    let scored = try await Scored(
      Cohort(["meld"], keep: ["ages", "meld"]), "ages,meld,age,inr\nx,7,30,1\n")
    #expect(scored.text.hasPrefix("ages,meld,meld,reason\nx,7,,"))
    await #expect(throws: CohortError.self) {
      try await Scored(Cohort(["meld"], keep: ["nope"]), "age,inr\n30,1\n")
    }
  }

  @Test("Bytes that are no text spoil a row at the most")
  func bytes() async throws {
    var dice = SeededRandom(9)
    for _ in 0..<200 {
      var bytes = Array((Self.header + "A,214,2.1,1.0\nB,214,2.1,1.0\n").utf8)
      let start = Self.header.utf8.count
      for _ in 0..<5 {
        bytes[Int.random(in: start..<bytes.count, using: &dice)] = UInt8.random(
          in: 0...255, using: &dice)
      }
      var place = 0
      let report = try await Cohort(["meld"]).score(
        from: { buffer in
          let count = min(buffer.count, bytes.count - place)
          buffer.copyBytes(from: bytes[place..<place + count])
          place += count
          return count
        }, to: { _ in })
      #expect(report.rows >= 1)
    }
  }
}
