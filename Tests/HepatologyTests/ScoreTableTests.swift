import Foundation
import TestSupport
import Testing

@testable import Hepatology

/// The table of scores is made from the files of the folder; this reads them again, another way.
struct ScoreTableTests {
  @Test func everyDeclaredScoreIsInTheTable() throws {
    let files = try FileManager.default.contentsOfDirectory(
      at: Repository.url("Sources/Hepatology/Scores"), includingPropertiesForKeys: nil)
    var ids: Set<String> = []
    for file in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      let before = ids.count
      for match in text.matches(of: /\n    id: "(\w+)"/) { ids.insert(String(match.1)) }
      #expect(ids.count > before, "\(file.lastPathComponent) declares no score")
    }
    #expect(ids == Set(Score.all.map(\.id)))
  }

  @Test func mainScoresComeFirst() {
    #expect(
      Score.main.map(\.id) == ["meld3", "meldNa", "meld", "meldMayo", "childPugh", "cosshACLF2"]
        && Score.all.prefix(6).map(\.id) == Score.main.map(\.id))
    let places = Score.all.map { "\($0.family) \($0.rank)" }
    #expect(Set(places).count == places.count, "two scores claim the same place")
  }

  @Test(arguments: Score.all)
  func declarationIsWhole(_ score: Score) {
    for text in [score.name, score.title, score.purpose, score.population] {
      #expect(!text.isEmpty)
    }
    #expect(!score.formula.isEmpty && !score.variants.isEmpty && !score.citations.isEmpty)
    #expect(Set(score.variants.map(\.id)).count == score.variants.count)
    #expect(score.variants[0].kind == .reading)
    #expect(
      score.variants.filter { $0.kind == .reading }.count < 2 || score.variants[0].reason != nil)
    let known = Set(score.inputs + score.optionalInputs)
    #expect(known.count == score.inputs.count + score.optionalInputs.count)
    #expect(known.isSuperset(of: score.falling + score.turning))
    for strata in [score.strata] + score.variants.compactMap(\.strata) {
      #expect(strata.map(\.lower) == strata.map(\.lower).sorted())
      #expect(Set(strata.map(\.name)).count == strata.count)
      if let first = strata.first { #expect(first.begins(by: score.scale.lowerBound)) }
    }
    for outlook in score.outlooks {
      #expect(!outlook.isByBands || outlook.table.map(\.stratum) == score.strata.map(\.name))
      #expect(outlook.formula != nil || !outlook.table.isEmpty)
    }
  }

  @Test func idsAreUniqueAndFound() {
    #expect(Set(Score.all.map(\.id)).count == Score.all.count)
    for score in Score.all { #expect(Score.find(score.id)?.id == score.id) }
    #expect(Score.find("meld4") == nil)
    #expect(Score.near("meldna") == ["meldNa"] || Score.near("meldna").first == "meldNa")
  }
}
