import TestSupport
import Testing

@testable import Trials

@Suite struct SearchTests {
  static let trials = TrialLibrary().trials
  static let index = TrialIndex(trials)

  func found(_ query: String) -> [String] {
    Self.index.matching(TrialQuery(query)).map { String(Self.trials[$0].id.suffix(4)) }
  }

  static let queries: [(String, [String])] = [
    ("", ["0795", "1463", "0610", "5863", "9259"]),
    ("exosome", ["1463", "9259"]),
    ("EXOSOME Tehran", ["1463"]),
    ("exosome nowhere", []),
    ("umol/l", ["0795", "0610", "9259"]),
    ("bariatric", ["1463"]),
    ("\"acute kidney\"", ["5863"]),
    ("kidney acute", ["0795", "5863"]),
    ("-exosome", ["0795", "0610", "5863"]),
    ("phase:1", ["0795", "0610", "5863"]),
    ("phase:early", ["9259"]),
    ("phase:1,early1", ["0795", "0610", "5863", "9259"]),
    ("phase:PHASE2", ["0795", "1463", "0610", "5863"]),
    ("status:recruiting", ["1463", "5863"]),
    ("status:not-yet", []),
    ("status:active", ["9259"]),
    ("status:withdrawn", ["0610"]),
    ("-status:withdrawn country:china", ["0795", "5863", "9259"]),
    ("country:china product:exosome", ["9259"]),
    ("product:vesicle", ["0610"]),
    ("country:CHINA product:msc phase:1 sponsor:302", ["5863"]),
    ("sponsor:\"sun yat\"", ["0610"]),
    ("sponsor:shulan", ["5863"]),
    ("id:9259", ["9259"]),
    ("id:njlt", ["0795"]),
    ("city:guangzhou condition:acute", ["0610", "9259"]),
    ("phase:", ["0795", "1463", "0610", "5863", "9259"]),
  ]

  @Test(arguments: queries)
  func finds(query: String, ids: [String]) {
    #expect(found(query) == ids)
  }

  @Test(arguments: [
    (
      "fase:1",
      "there is no facet 'fase'; did you mean 'phase:'?"
    ),
    (
      "colour:red",
      "there is no facet 'colour'; facets are id, phase, status, country, city, product, sponsor, "
        + "condition"
    ),
    ("status:recruting", "'recruting' is no status; did you mean 'recruiting'?"),
    ("phase:7", "'7' is no phase; there are 1, 2, 3, 4, early1, notapplicable"),
  ])
  func reportsWhatItDoesNotKnow(query: String, message: String) {
    let read = TrialQuery(query)
    #expect(read.problems.map(\.description) == [message])
    #expect(read.problems.map(\.part) == [query])
    #expect(Self.index.matching(read) == [])
  }

  @Test func takesWhatOnlyLooksLikeAFacetAsAWord() {
    for query in ["1:1", "https://clinicaltrials.gov", ":", "-", "\"\"", "a\"b"] {
      #expect(TrialQuery(query).problems == [])
    }
    #expect(found("https://clinicaltrials.gov").count == 5)
    #expect(TrialQuery("\"\"").isEmpty)
  }

  static let marks: [(String, String, [String])] = [
    ("liver", "Liver, live, LIVER", ["Liver", "LIVER"]),
    ("umol", "171 µmol/L", ["µmol"]),
    ("µmol/l", "171 umol/L", ["umol/L"]),
    ("resume", "Résumé of it", ["Résumé"]),
    ("strasse", "Die Straße", ["Straße"]),
    ("10^9", "10^9 and 10⁹", ["10^9"]),
    ("109", "10⁹/L", ["10⁹"]),
    ("e", "e\u{301}e", ["e\u{301}", "e"]),
    ("acute liver", "acute liver failure", ["acute", "liver"]),
    ("liver verf", "liverfluke", ["liverf"]),
    ("aa", "aaa", ["aa"]),
    ("肝", "慢性肝病", ["肝"]),
    ("-liver", "liver", []),
    ("sponsor:sun", "Sun Yat", ["Sun"]),
    ("phase:1", "1", []),
    ("", "anything", []),
    ("x", "", []),
  ]

  @Test(arguments: marks)
  func highlights(query: String, text: String, pieces: [String]) {
    #expect(TrialQuery(query).ranges(in: text).map { String(text[$0]) } == pieces)
  }

  /// What is found has something to highlight in what is shown of it.
  @Test(arguments: ["exosome", "Guangzhou 510630", "meld sodium", "µmol", "a", "within 1 month"])
  func whatIsFoundCanBeShown(query: String) {
    let read = TrialQuery(query)
    for position in Self.index.matching(read) {
      let lines = Self.trials[position].sections.flatMap(\.lines)
      #expect(lines.contains { line in line.texts.contains { !read.ranges(in: $0).isEmpty } })
    }
  }

  /// The search of bytes, against the plainest way to do it.
  @Test func searchesBytesAsTheNaiveWayDoes() {
    var random = SeededRandom(7)
    for _ in 0..<3000 {
      let text = (0..<Int.random(in: 0...120, using: &random)).map { _ in
        UInt8.random(in: 97...99, using: &random)
      }
      let needle = (0..<Int.random(in: 1...5, using: &random)).map { _ in
        UInt8.random(in: 97...99, using: &random)
      }
      let low = Int.random(in: 0...text.count, using: &random)
      let high = Int.random(in: low...text.count, using: &random)
      let naive = (low..<high).first { start in
        start + needle.count <= high && Array(text[start..<start + needle.count]) == needle
      }
      #expect(text.position(of: needle, in: low..<high) == naive)
    }
  }
}
