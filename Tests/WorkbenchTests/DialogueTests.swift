import Hepatology
import Quantities
import Terminal
import Testing
import Trials

@testable import Workbench

/// The app as lines of text.
@Suite struct DialogueTests {
  /// A dialogue with somebody, and what was said in it last.
  private final class Talk {
    private var dialogue: Dialogue
    private(set) var first: [String] = []

    init(units: [Variable: Unit] = [:], limits: SiteLimits = SiteLimits()) {
      dialogue = Dialogue(
        trials: TrialLibrary().trials, today: Day("2026-11-21"),
        preferences: Preferences(variables: .builtIn, units: units, limits: limits))
      first = dialogue.begin()
    }

    /// What is said to lines, one after another.
    @discardableResult func say(_ lines: String...) -> [String] {
      lines.flatMap { dialogue.take($0) }
    }

    func end() -> [String] { dialogue.end() }
    var isOver: Bool { dialogue.isOver }
    func value(_ id: String) -> String? {
      VariableTable.builtIn[id].flatMap { dialogue.patient[$0]?.shown }
    }
    var question: String {
      if case .variable(let variable) = dialogue.asking { variable.id } else { "" }
    }
  }

  /// A woman of 52 with bilirubin, albumin, creatinine, urea, sodium, no dialysis, neutrophils, INR,
  /// encephalopathy and ascites.
  private let woman = [
    ".set age 52", ".set sex f", ".set totalBilirubin 214", ".set albumin 31",
    ".set creatinine 88", ".set urea 6.1", ".set sodium 131", ".set renalReplacement no",
    ".set neutrophils 4.5", ".set inr 2.1", ".set encephalopathyGrade 1", ".set ascites mild",
  ]

  // MARK: Questions

  @Test func beginsWithTheFirstQuestionOfTheForm() {
    let talk = Talk()
    #expect(
      talk.first.first == "Lobule, line by line. Patients are not kept: there is no store.")
    #expect(talk.first.suffix(2) == ["Person.", "Age, in years?"])
  }

  @Test func asksForTheScoresInTheOrderOfTheFormAndSkipsWithEnter() {
    let talk = Talk()
    let wanted = Set(Preferences.usualFavourites.flatMap { $0.inputs + $0.optionalInputs })
    var asked: [String] = []
    for _ in wanted {
      asked.append(talk.question)
      talk.say("")
    }
    #expect(asked == VariableTable.builtIn.all.filter(wanted.contains).map(\.id))
    #expect(talk.value("age") == nil)
  }

  @Test func choicesAreNumbered() {
    let talk = Talk()
    #expect(talk.say("52").last == "Sex? 1 Female, 2 Male")
    #expect(talk.say("1").first == "Sex Female.")
    #expect(talk.value("sex") == "female")
  }

  @Test func gradesAreTheirOwnNumbers() {
    let talk = Talk()
    #expect(talk.say(".set encephalopathyGrade 1").first?.contains("short attention") == true)
    #expect(talk.value("encephalopathyGrade") == "1")
  }

  @Test func unitsAreThoseOfThePreferences() throws {
    let bilirubin = Variable.totalBilirubin
    let talk = Talk(units: [bilirubin: try Unit(ucum: "mg/dL")])
    #expect(
      talk.say(".set totalBilirubin").last
        == "Total bilirubin, in mg/dL, or with umol/L behind it?")
    #expect(talk.say("12.5").first == "Total bilirubin 12.5 mg/dL.")
  }

  @Test func everyUnitThatIsAskedForCanBeTyped() throws {
    for variable in VariableTable.builtIn.all {
      for unit in variable.measure?.units ?? [] where unit != .one {
        #expect(try Unit(spelling: unit.symbol.plain).code == unit.code, "\(variable)")
      }
    }
  }

  @Test func explainsAQuestionAndAsksItAgain() throws {
    let talk = Talk()
    let question = Variable.age.question
    #expect(talk.say("?") == [question, "Age, in years?"])
  }

  @Test func afterTheScoresTheOpenTrialsAsk() {
    let talk = Talk()
    var heard: [String] = []
    for _ in 0..<200 where !talk.question.isEmpty { heard += talk.say("") }
    #expect(heard.contains { $0.hasPrefix("The scores have asked.") })
    #expect(heard.contains { $0.contains("yes or no?") })
    #expect(talk.question.isEmpty)
    #expect(heard.last?.hasPrefix("No more questions.") == true)
  }

  // MARK: Reading

  @Test func whatIsImpossibleIsRefusedWithTheReasonAndAskedAgain() {
    let talk = Talk()
    let heard = talk.say(".set sodium 500")
    #expect(
      heard == [
        "Not taken: Sodium: must be 90 to 190 mmol/L.", "Kidney.",
        "Sodium, in mmol/L, or with meq/L behind it?",
      ])
    #expect(talk.question == "sodium")
    #expect(talk.value("sodium") == nil)
    #expect(talk.say("131").first == "Sodium 131 mmol/L.")
  }

  @Test func whatIsUnusualIsTakenAndSaid() {
    let heard = Talk().say(".set sodium 100")
    #expect(heard.first == "Sodium 100 mmol/L.")
    #expect(heard.contains { $0.hasPrefix("Check Sodium: outside the usual") })
  }

  @Test func theLimitsOfASiteAskToo() throws {
    let sodium = Variable.sodium
    let unit = try #require(sodium.measure?.canonical)
    let talk = Talk(limits: SiteLimits([sodium: .init(130...150, unit)]))
    let wanted = "Check Sodium: outside the usual 130 to 150 mmol/L: right?"
    #expect(talk.say(".set sodium 128").contains { $0.hasPrefix(wanted) })
    #expect(!talk.say(".set sodium 131").contains { $0.hasPrefix("Check") })
  }

  @Test func asksWhichUnitWasMeant() {
    let talk = Talk()
    let asked = talk.say(".set totalBilirubin 12")
    #expect(
      asked == [
        "Total bilirubin: 12 umol/L is unusual here, 12 mg/dL is not: which? 1 umol/L, 2 mg/dL"
      ])
    #expect(talk.value("totalBilirubin") == nil)
    talk.say("2")
    #expect(talk.value("totalBilirubin") == "12 mg/dL")
    talk.say(".set totalBilirubin 12", "umol/L")
    #expect(talk.value("totalBilirubin") == "12 µmol/L")
    talk.say(".clear totalBilirubin", ".set totalBilirubin <12", "2")
    #expect(talk.value("totalBilirubin") == "< 12 mg/dL")
  }

  @Test func anUnansweredUnitLeavesTheValueUnknown() {
    let talk = Talk()
    #expect(
      talk.say(".set totalBilirubin 12", "").contains("Not taken, since its unit was not said."))
    #expect(talk.value("totalBilirubin") == nil)
    #expect(talk.question == "totalBilirubin")
    talk.say("12")
    #expect(talk.end().first == "Total bilirubin was not taken: its unit was not said.")
  }

  @Test func aPointBeforeADigitIsANumber() {
    let talk = Talk()
    #expect(talk.say(".set inr", ".9").contains("INR 0.9."))
  }

  @Test func aValueMayHaveItsDay() {
    let talk = Talk()
    #expect(talk.say(".set inr 2.1 @2026-11-14").first == "INR 2.1, taken on 2026-11-14.")
    #expect(talk.say(".set inr 2.1 @2026-12-24").first?.contains("has not come yet") == true)
    #expect(talk.say(".set inr 2.1 @soon").first?.contains("write @ and year-month-day") == true)
  }

  // MARK: What changed

  @Test func saysWhatChangedAndNothingElse() {
    let talk = Talk()
    for line in woman.dropLast() { talk.say(line) }
    let heard = talk.say(woman[woman.count - 1])
    #expect(heard.first == "Ascites Mild, or controlled by diuretics.")
    #expect(heard.contains { $0.hasPrefix("Child-Pugh C 11") })
    // What ascites is no part of is not said again.
    #expect(!heard.contains { $0.hasPrefix("MELD") || $0.hasPrefix("COSSH") })
    #expect(talk.say(".scores").contains { $0.hasPrefix("MELD 3.0 28") })
    #expect(talk.say(".scores").contains { $0.hasPrefix("COSSH-ACLF II 7.66") })
  }

  @Test func saysWhichTrialsAreBlockedNowAndWhy() {
    let talk = Talk()
    let heard = talk.say(".set age 12")
    #expect(
      heard.contains { $0.contains("NCT05985863 blocked: age 12, must be at least 18 years") },
      "\(heard)")
    #expect(talk.say(".set age 13").filter { $0.contains("blocked") } == [])
    #expect(talk.say(".set age 45").contains { $0.hasPrefix("NCT05985863 open: ") })
  }

  @Test func saysThatAScoreHasNoValueAnyMore() {
    let talk = Talk()
    for line in woman { talk.say(line) }
    #expect(talk.say(".clear inr").contains { $0.hasPrefix("MELD") && $0.hasSuffix("needs INR") })
  }

  // MARK: Commands

  @Test func tellsWhy() {
    let talk = Talk()
    for line in woman { talk.say(line) }
    let score = talk.say(".why meld3")
    #expect(score.first?.hasPrefix("MELD 3.0 28") == true)
    #expect(score.contains { $0.hasPrefix("Total bilirubin: 214 umol/L, used as ") })
    #expect(score.contains { $0.hasPrefix("Source: ") })
    talk.say(".set age 12")
    #expect(talk.say(".why nct05985863").contains { $0.contains("I1") })
    #expect(talk.say(".why NCT05985863 i1").contains { $0.contains("12 years") })
    #expect(talk.say(".why meld4").first?.contains("did you mean meld") == true)
  }

  @Test func nextAsksWhatSettlesMost() {
    let talk = Talk()
    let heard = talk.say(".next")
    #expect(heard.first?.contains(" could exclude from ") == true)
    #expect(talk.question != "age" || heard.first?.hasPrefix("Age") == true)
  }

  @Test func backAsksTheLastQuestionAgainAndEnterKeepsIt() {
    let talk = Talk()
    talk.say("52")
    #expect(talk.say(".back").last == "Age, in years? Now Age 52 years; Enter keeps it.")
    talk.say("")
    #expect(talk.value("age") == "52 years")
    #expect(talk.question == "sex")
  }

  @Test func attestsWhatOnlyAPersonCanSay() {
    let talk = Talk()
    #expect(
      talk.say(".attest NCT07409259 I2 no").contains {
        $0.hasPrefix("NCT07409259 not recruiting (active 2026-02-13); blocked: I2")
      })
    #expect(
      talk.say(".attest NCT07409259 I2 unknown").contains {
        $0.hasPrefix("NCT07409259 not recruiting (active 2026-02-13); open")
      })
    #expect(talk.say(".attest NCT07409259 I1 yes").first?.contains("I1") == true)
  }

  @Test func mistypedCommandsAndNamesAreNamed() {
    let talk = Talk()
    #expect(talk.say(".scoers").first == "There is no command .scoers; did you mean .scores?")
    #expect(
      talk.say(".set bilirubine 3").first?.hasPrefix("'bilirubine' is not a variable") == true)
    #expect(talk.say(".clear inr").first == "Nothing is known of INR.")
  }

  @Test func noneAnswersAGroupOfHistory() throws {
    let talk = Talk()
    talk.say(".set liverCancer")
    let heard = talk.say(".none")
    #expect(heard.first?.contains("answered with none of these") == true)
    #expect(talk.value("liverCancer") != nil)
  }

  // MARK: The end

  @Test func theEndSumsUpAndOnlyOnce() {
    let talk = Talk()
    for line in woman { talk.say(line) }
    let heard = talk.say(".quit")
    #expect(talk.isOver)
    #expect(heard.first == "Summary. Nothing of it is kept.")
    #expect(heard.contains("Age 52 years"))
    #expect(heard.contains { $0.hasPrefix("MELD 3.0 28") })
    #expect(heard.contains { $0.hasPrefix("NCT05985863 ") })
    #expect(talk.end() == [])
    #expect(talk.say("52") == [])
  }

  @Test func nothingButASCIIIsSaid() {
    let talk = Talk()
    let nasty = ["\u{1B}[2J", "\u{202E}52", "µ", "🫀", String(repeating: "9", count: 5000), "\t"]
    var heard = talk.first
    for line in nasty + woman + [".help", ".scores all", ".trials", ".next"] {
      heard += talk.say(line)
    }
    for score in Score.all { heard += talk.say(".why \(score.id)") }
    for trial in TrialLibrary().trials {
      heard += talk.say(".why \(trial.id)")
      for criterion in trial.criteria { heard += talk.say(".why \(trial.id) \(criterion.id)") }
    }
    heard += talk.end()
    let strange = heard.filter { !$0.utf8.allSatisfy { (0x20..<0x7F).contains($0) } }
    #expect(strange == [])
    #expect(heard.contains { $0.contains(">= ") })
  }
}
