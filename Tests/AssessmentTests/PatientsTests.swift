import Hepatology
import PatientSupport
import Quantities
import Testing
import Trials

@testable import Assessment

/// People who each stand on an edge of the five trials.
@Suite struct PatientsTests {
  static let aclf = [
    "totalBilirubin=300 umol/L", "totalBilirubinULN=21 umol/L", "inr=2.0", "ascites=mild",
    "creatinine=80 umol/L", "age=45", "chronicLiverDisease=yes", "weeksInsultToDecompensation=2",
    "cirrhosis=yes",
  ]

  @Test func gradeTwoIsInOneTrialAndOutOfAnother() throws {
    let patient = try patient(Self.aclf + ["encephalopathyGrade=2"])
    let vesicles = try screened(patient, "NCT05940610")
    for id in ["I1", "I2", "I3", "I4", "I5"] { #expect(vesicles.result(id) == "met") }
    #expect(vesicles.blocking == [])
    // Dialysis would lift MELD from 25 to 38.
    #expect(vesicles.result("E4") == "unknown")
    #expect(vesicles["E4"]?.needed == ["renalReplacement"])
    let cells = try screened(patient, "NCT05985863")
    #expect(cells.verdict == .blocked(by: ["E1c"]))
    #expect(cells.result("I2") == "met")
    #expect(try screened(patient, "NCT03460795").blocking.contains("I5b"))
    let exosomes = try screened(patient, "NCT07409259")
    #expect(exosomes["I3"]?.needed == ["urea", "neutrophils"])
    #expect(exosomes.verdict == .open(unknown: 1, unclear: 0))
    #expect(exosomes.attest == ["I2"])
    #expect(exosomes.result("I2") == "needsPerson")
  }

  @Test func gradeOnePassesWhatIsKnown() throws {
    let patient = try patient(Self.aclf + ["encephalopathyGrade=1"])
    #expect(try screened(patient, "NCT05940610").blocking == [])
    let cells = try screened(patient, "NCT05985863")
    #expect(cells.blocking == [])
    #expect(cells["E2a"]?.needed == ["plateletsBeforeOnset"])
    #expect(cells["E2b"]?.needed == ["childPughBeforeOnset"])
    #expect(try screened(patient, "NCT03460795").blocking.contains("I5b"))
  }

  @Test func activityOrRatioIsEnough() throws {
    let high = try patient("inr=3.0", "prothrombinActivity=30")
    #expect(try screened(high, "NCT05940610").result("I4") == "met")
    let alone = try screened(try patient("inr=3.0"), "NCT05940610")
    #expect(alone.result("I4") == "unknown")
    #expect(alone["I4"]?.needed == ["prothrombinActivity"])
  }

  @Test func activityOfFortyIsInsideOfOneRuleAndOutsideOfTheOther() throws {
    let patient = try patient(
      "prothrombinActivity=40", "chronicLiverDisease=yes", "totalBilirubin=300 umol/L",
      "totalBilirubinULN=21 umol/L", "weeksInsultToDecompensation=2", "ascites=mild")
    let vesicles = try screened(patient, "NCT05940610")
    #expect(vesicles.result("I4") == "met")
    #expect(vesicles.result("I2") == "unknown")
    #expect(vesicles["I2"]?.needed == ["inr"])
    #expect(try screened(patient, "NCT05985863").result("I2") == "unknown")
    #expect(try screened(patient, "NCT03460795").result("I5c") == "met")
  }

  @Test func acuteFailureEntersByTheDailyRise() throws {
    let patient = try patient(
      "totalBilirubin=150 umol/L", "totalBilirubinDailyRise=20 umol/L/d", "encephalopathyGrade=1",
      "chronicLiverDisease=no", "severeLiverInjury=yes", "weeksSymptomToEncephalopathy=2",
      "cirrhosis=no")
    let vesicles = try screened(patient, "NCT05940610")
    #expect(vesicles.result("I2") == "met")
    #expect(vesicles.result("I3") == "met")
    #expect(try screened(patient, "NCT05985863").result("I2") == "notMet")
  }

  @Test(arguments: ["5.0 mg/dL", "5 mg/dL", "85.5 umol/L"])
  func fiveMilligramsAreEnough(_ bilirubin: String) throws {
    let patient = try patient(
      "totalBilirubin=\(bilirubin)", "chronicLiverDisease=yes", "inr=1.5",
      "weeksInsultToDecompensation=4", "ascites=mild")
    #expect(try screened(patient, "NCT05985863").result("I2") == "met")
  }

  @Test func bilirubinBetweenTwoTrialsFailsBoth() throws {
    let patient = try patient(
      "totalBilirubin=170.5 umol/L", "totalBilirubinDailyRise=3 umol/L/d")
    #expect(try screened(patient, "NCT05940610").result("I3") == "notMet")
    #expect(try screened(patient, "NCT03460795").result("I5b") == "notMet")
  }

  @Test func cirrhosisWithGradeOneIsAConflictInItsSource() throws {
    let patient = try patient(
      "cirrhosis=yes", "encephalopathyGrade=1", "totalBilirubin=60 umol/L", "albumin=30 g/L",
      "prothrombinActivity=50", "prothrombinTime=16", "ascites=none", "inr=1.3",
      "totalBilirubinULN=21 umol/L", "totalBilirubinDailyRise=0 umol/L/d",
      "chronicLiverDisease=yes", "weeksInsultToDecompensation=20")
    #expect(try screened(patient, "NCT05940610").blocking == ["I2", "I3", "I4"])
    #expect(try screened(patient, "NCT05985863").blocking.contains("I2"))
    let cells = try screened(patient, "NCT03460795")
    for id in ["I5a", "I5b", "I5c", "I5d", "I5e", "I5h"] { #expect(cells.result(id) == "met") }
    #expect(cells["I5g"]?.result == .conflict(with: ["E2c"]))
    #expect(cells["E2c"]?.result == .conflict(with: ["I5g"]))
    #expect(cells.blocking == [])
  }

  @Test func nobodyPassesExclusionsThatTheSourceDoesNotGive() throws {
    let trial = try screened(Patient(), "NCT07409259")
    #expect(!trial.trial.eligibility.exclusionsInSource)
    #expect(!trial.criteria.contains { $0.criterion.polarity == .exclusion })
  }

  @Test func aBoundDecidesWhatItCan() throws {
    #expect(
      try screened(patient("prothrombinActivity=<40"), "NCT03460795").result("I5c") == "unknown")
    #expect(try screened(patient("prothrombinActivity=>30"), "NCT03460795").result("I5c") == "met")
    #expect(
      try screened(patient("prothrombinActivity=<30"), "NCT03460795").result("I5c") == "notMet")
    let bound = try screened(
      patient(Self.aclf + ["urea=<3 mmol/L", "neutrophils=4", "encephalopathyGrade=0"]),
      "NCT07409259")
    #expect(bound["I3"]?.needed == ["urea"])
  }

  @Test func someoneWithNothingKnownIsOpenEverywhere() throws {
    for trial in library.trials {
      let screened = try screened(Patient(), trial.id)
      #expect(screened.verdict.name == "open")
      #expect(screened.blocking == [])
      #expect(!screened.unknown.isEmpty)
    }
  }

  @Test func aPersonSaysHowTheScoreIsCoded() throws {
    let patient = try patient(
      Self.aclf + ["urea=5 mmol/L", "neutrophils=5", "encephalopathyGrade=1"])
    let open = try screened(patient, "NCT07409259")
    #expect(open.result("I3") == "needsPerson")
    #expect(open.verdict == .open(unknown: 0, unclear: 1))
    #expect(open.attest == ["I2", "I3"])
    #expect(
      try screened(patient, "NCT07409259", answers: ["I3": true]).verdict
        == .clears(attest: ["I2"]))
    #expect(
      try screened(patient, "NCT07409259", answers: ["I3": false]).verdict == .blocked(by: ["I3"]))
    // Where the codings agree nobody is asked, and an answer changes nothing.
    let low = try entering("age=30", of: patient)
    #expect(try screened(low, "NCT07409259").result("I3") == "met")
    #expect(try screened(low, "NCT07409259", answers: ["I3": false]).result("I3") == "met")
  }

  private func entering(_ field: String, of patient: Patient) throws -> Patient {
    var patient = patient
    let parts = field.split(separator: "=").map(String.init)
    patient.enter(parts[1], for: try #require(VariableTable.builtIn[parts[0]]))
    return patient
  }
}
