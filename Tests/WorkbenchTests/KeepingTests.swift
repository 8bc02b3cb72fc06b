import Clinic
import Foundation
import Hepatology
import Quantities
import Testing
import Trials

@testable import Workbench
@testable import lobule

/// The app as lines of text, on a store.
@Suite struct KeepingTests {
  /// A dialogue with somebody, on a store.
  private final class Talk {
    private var dialogue: Dialogue
    private let clerk: StoreClerk
    private(set) var first: [String] = []
    /// What the store fails with from now on.
    var failure: StoreError?

    init(_ store: Store, today: String = "2026-11-21") {
      clerk = StoreClerk(store, trials: [], time: { "14:02:11" })
      dialogue = Dialogue(
        trials: TrialLibrary().trials, today: Day(today), unkept: nil,
        preferences: Preferences(variables: .builtIn))
      first = dialogue.begin(answer)
    }

    private func answer(_ request: StoreRequest) -> StoreAnswer? {
      if let failure, case .change = request { return .failed(request, failure) }
      return clerk.answer(request)
    }

    /// What is said to lines, one after another.
    @discardableResult func say(_ lines: String...) -> [String] {
      lines.flatMap { dialogue.take($0, answer) }
    }

    func end() -> [String] { dialogue.end(answer) }
    var isUnsaved: Bool { dialogue.isUnsaved }
  }

  private let store: Store

  init() throws { store = try Store.open(.memory, author: "anna", variables: .builtIn) }

  private func record(_ code: String = "P-0001") throws -> PatientRecord {
    try store.record(of: PatientCode(code))
  }

  private func typed(_ id: String, visit: Int = 1) throws -> String? {
    try record().visit(visit)?.values[id]?.typed
  }

  @Test func theFirstValueMakesThePatient() throws {
    let talk = Talk(store)
    #expect(talk.first.first?.contains("The first value makes a patient") == true)
    #expect(talk.say("52").prefix(2) == ["Age 52 years.", "Kept as P-0001."])
    #expect(try typed("age") == "52")
    #expect(!talk.say("f").contains { $0.hasPrefix("Kept") })
    #expect(try typed("sex") == "f")
  }

  @Test func everyKindOfAnswerIsKept() throws {
    let talk = Talk(store)
    talk.say("52", ".set totalBilirubin 12,5 mg/dL", ".set inr 2.1 @2026-11-14")
    talk.say(".attest NCT07409259 I2 yes", ".set infection", ".none")
    #expect(try typed("totalBilirubin") == "12,5 mg/dL")
    let visit = try #require(try record().visit(1))
    #expect(visit.values["inr"]?.holdsAt.day == Day("2026-11-14"))
    #expect(visit.attestations.map(\.criterion) == ["I2"])
    #expect(!visit.reviewed.isEmpty)
    talk.say(".clear inr")
    #expect(try typed("inr") == nil)
  }

  @Test func aPatientIsOpenedAsHeIsKept() throws {
    Talk(store).say("52", "f", ".set inr 2.1", ".attest NCT07409259 I2 yes")
    let talk = Talk(store)
    let heard = talk.say(".open p-0001")
    #expect(
      heard.first == "P-0001, visit 1 of 1, 2026-11-21. 3 values are known, see .values.")
    #expect(talk.say(".values").contains("INR 2.1"))
    #expect(
      talk.say(".patients").first == "P-0001, 52 years, female, 1 visit, last seen 2026-11-21")
    #expect(talk.say(".open P-0009").first?.contains("P-0009") == true)
    #expect(talk.say(".open anna").first?.contains("at least one digit") == true)
  }

  @Test func aCorrectionOfAnotherSittingAsksWhy() throws {
    Talk(store).say("52", ".set inr 2.1")
    let talk = Talk(store)
    talk.say(".open P-0001")
    let asked = try #require(talk.say(".set inr 2.3").last)
    #expect(asked.hasPrefix("INR 2.1 was entered by anna on "))
    #expect(talk.say("").first == "INR stays as it was.")
    #expect(try typed("inr") == "2.1")
    talk.say(".set inr 2.3")
    #expect(talk.say("2").first == "INR 2.3.")
    #expect(try typed("inr") == "2.3")
    #expect(try record().observations.last?.reason == "wrong sample or patient")
    // Typed again in one sitting, it needs no word.
    #expect(talk.say(".set inr 2.4").first == "INR 2.4.")
  }

  @Test func aQuestionThatWasNotAnsweredChangesNothing() throws {
    Talk(store).say("52", ".set inr 2.1")
    let talk = Talk(store)
    talk.say(".open P-0001", ".set inr 2.3")
    #expect(talk.end().first == "INR stays as it was: why it is changed was not said.")
    #expect(try typed("inr") == "2.1")
  }

  @Test func undoAndRedo() throws {
    let talk = Talk(store)
    talk.say("52", ".set inr 2.1")
    #expect(talk.say(".undo").first == "Undone: INR 2.1.")
    #expect(try typed("inr") == nil)
    #expect(talk.say(".redo").first == "Done again: INR 2.1.")
    #expect(try typed("inr") == "2.1")
    #expect(Talk(store).say(".undo").first == "There is nothing to undo.")
  }

  @Test func visits() throws {
    Talk(store).say("52", ".set inr 2.1")
    let talk = Talk(store, today: "2026-11-25")
    talk.say(".open P-0001")
    let heard = talk.say(".newvisit")
    #expect(heard.first?.hasPrefix("P-0001, visit 2 of 2, 2026-11-25.") == true)
    talk.say(".set inr 1.8")
    #expect(try typed("inr", visit: 2) == "1.8")
    #expect(try typed("inr", visit: 1) == "2.1")
    #expect(talk.say(".visits").prefix(2).last?.hasSuffix("the one that is shown") == true)
    talk.say(".visit 1")
    #expect(talk.say(".values").contains("INR 2.1"))
    #expect(talk.say(".visit 7").first == "There is no visit '7'.")
    #expect(talk.say(".newvisit 2027-01-01").first == "2027-01-01 has not come yet.")
    #expect(talk.say(".newvisit soon").first?.hasPrefix("'soon' is not a day") == true)
  }

  @Test func anotherPatientIsBegun() throws {
    let talk = Talk(store)
    talk.say("52")
    #expect(talk.say(".new").first == "A new patient, made with the first value.")
    talk.say("60")
    #expect(try record("P-0002").visit(1)?.values["age"]?.typed == "60")
    #expect(talk.say(".new Q-7").first == "Q-7, visit 1 of 1, 2026-11-21. Nothing is known yet.")
    talk.say("33")
    #expect(try record("Q-7").visit(1)?.values["age"]?.typed == "33")
  }

  @Test func whatCouldNotBeKeptIsTriedAgain() throws {
    let talk = Talk(store)
    talk.failure = .diskFull("the store")
    #expect(talk.say("52").contains { $0.hasPrefix("Not kept: ") })
    #expect(talk.say(".new").first?.hasPrefix("Not everything is kept yet") == true)
    #expect(talk.isUnsaved)
    talk.failure = nil
    #expect(talk.say("f").contains("Kept as P-0001."))
    #expect(try typed("age") == "52")
    #expect(!talk.isUnsaved)
  }

  @Test func anUndoTakesNothingThatIsNotKept() throws {
    let talk = Talk(store)
    talk.say("52", ".set inr 2.1")
    talk.failure = .diskFull("the store")
    talk.say(".set sodium 131")
    talk.failure = nil
    #expect(talk.say(".undo").first?.hasPrefix("Not everything is kept yet") == true)
    #expect(talk.say(".values").contains("Sodium 131 mmol/L"))
    talk.say("f")
    #expect(try typed("sodium") == "131")
    #expect(try typed("inr") == "2.1")
  }

  @Test func theReasonOfACorrectionOutlastsAFailure() throws {
    Talk(store).say("52", ".set inr 2.1")
    let talk = Talk(store)
    talk.say(".open P-0001", ".set inr 2.3")
    talk.failure = .diskFull("the store")
    talk.say("2")
    talk.failure = nil
    talk.say(".set sodium 131")
    #expect(try typed("inr") == "2.3")
    let row = try record().observations.last { $0.field == "inr" }
    #expect(row?.reason == "wrong sample or patient")
  }

  @Test func anOldVisitIsNamedAsOne() {
    Talk(store).say("52")
    let heard = Talk(store, today: "2026-11-25").say(".open P-0001")
    #expect(heard.contains("This visit was on 2026-11-21; .newvisit begins one of today."))
  }

  @Test func whatOthersEnterMeanwhileIsSaid() throws {
    let (mine, theirs) = (Talk(store), Talk(store))
    mine.say("52")
    theirs.say(".open P-0001", ".set inr 2.2")
    #expect(mine.say(".set sodium 131").contains("Entered by anna meanwhile: INR 2.2."))
    #expect(mine.say(".values").contains("INR 2.2"))
    #expect(try typed("sodium") == "131")
  }

  @Test func withoutAStoreTheCommandsSayWhy() {
    var dialogue = Dialogue(
      trials: [], today: Day("2026-11-21"), unkept: "there is no home",
      preferences: Preferences(variables: .builtIn))
    _ = dialogue.begin()
    #expect(dialogue.take(".open P-0001").first == "Patients are not kept: there is no home.")
    #expect(dialogue.take(".patients").first == "Patients are not kept: there is no home.")
    _ = dialogue.take("52")
    #expect(dialogue.end().first == "Summary. Nothing of it is kept.")
    #expect(!dialogue.isUnsaved)
  }
}
