import Hepatology
import Testing

/// What the README shows, as it shows it.
@Suite struct ReadmeTests {
  @Test func theLibraryInFiveLines() throws {
    var patient = Patient()
    try patient.enter(field: "totalBilirubin=214 umol/L", in: .builtIn)
    try patient.enter(field: "inr=2.1", in: .builtIn)
    try patient.enter(field: "creatinine=88 umol/L", in: .builtIn)
    let meld = try #require(Score.find("meld")?.result(for: patient))
    #expect(meld.text ?? "missing: \(meld.missing.map(\.variable.id))" == "24")
  }
}
