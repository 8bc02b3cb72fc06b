import Hepatology
import PatientSupport
import Quantities
import TestSupport
import Testing
import Trials

@testable import Assessment

/// Values that are older than they should be: used, and flagged.
@Suite struct FreshnessTests {
  @Test(arguments: [
    ("2026-11-21", []), ("2026-11-14", []), ("2026-11-13", ["totalBilirubin"]),
    ("2026-01-01", ["totalBilirubin"]), ("2026-11-25", []),
  ])
  func laboratoryValuesCountForAWeek(_ taken: String, _ stale: [String]) throws {
    let patient = try PatientSupport.patient(
      "totalBilirubin=100 umol/L @\(taken)", "totalBilirubinULN=20 umol/L @2020-01-01")
    let trial = try screened(patient, "NCT03460795")
    #expect(trial.result("I5b") == "met")
    #expect(trial["I5b"]?.stale.map(\.id) == stale)
    #expect(trial.stale.map(\.id) == stale)
    // Through a score too.
    #expect(trial["I5h"]?.stale.map(\.id) == stale)
    #expect(trial["I5a"]?.stale == [])
  }

  @Test(arguments: [("2026-11-19", []), ("2026-11-18", ["encephalopathyGrade"])])
  func findingsCountForTwoDays(_ taken: String, _ stale: [String]) throws {
    let trial = try screened(patient("encephalopathyGrade=3 @\(taken)"), "NCT05985863")
    #expect(trial.verdict == .blocked(by: ["E1c"]))
    #expect(trial["E1c"]?.stale.map(\.id) == stale)
  }

  @Test func historyDoesNotAge() throws {
    let trial = try screened(
      patient("seriousHeartDisease=no @2019-01-01", "cirrhosis=yes@2019-01-01"), "NCT05940610")
    #expect(trial.stale == [])
    #expect(Variable.seriousHeartDisease.freshFor == nil)
    #expect(Variable.astULN.freshFor == nil)
    #expect(Variable.ast.freshFor == 7)
    #expect(Variable.ascites.freshFor == 2)
    #expect(Variable.renalReplacement.freshFor == 2)
    #expect(Variable.plateletsBeforeOnset.freshFor == nil)
  }

  @Test func withoutADayAValueIsOfToday() throws {
    let patient = try PatientSupport.patient("totalBilirubin=100 umol/L")
    #expect(try screened(patient, "NCT03460795").stale == [])
    let old = try PatientSupport.patient("totalBilirubin=100 umol/L @2026-01-01")
    #expect(try screened(old, "NCT03460795", on: nil).stale == [])
    #expect(old != patient)
  }

  @Test func aValueThatCannotBeUsedIsNotStale() throws {
    var patient = Patient()
    let variable = Variable.totalBilirubin
    patient.enter("100", taken: day("2026-01-01"), for: variable)
    #expect(patient[variable]?.taken == day("2026-01-01"))
    #expect(!patient.isStale(variable, on: today))
  }

  @Test(arguments: [
    ("inr=2 @2026-02-30", "inr: '2026-02-30' is not a date"),
    ("inr=2 @yesterday", "inr: 'yesterday' is not a date"),
    ("inr=@2026-02-01", "inr has no value"),
  ])
  func saysWhatIsWrongWithADay(_ field: String, _ message: String) {
    #expect {
      try patient(field)
    } throws: {
      "\($0)".hasPrefix(message)
    }
  }
}
