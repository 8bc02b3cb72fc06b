import Quantities

/// Habits.
extension Variable {
  /// Drug abuse: never, the date on which it stopped, or ongoing.
  public static let drugAbuse = event(
    "drugAbuse", "Drug abuse", .habits, synonyms: ["substance abuse"],
    "Drug abuse: never, the date on which it stopped, or ongoing.")

  /// Alcohol abuse: never, the date on which it stopped, or ongoing.
  public static let alcoholAbuse = event(
    "alcoholAbuse", "Alcohol abuse", .habits, synonyms: ["alcohol use disorder"],
    "Alcohol abuse: never, the date on which it stopped, or ongoing.")

  /// Symptoms of alcohol withdrawal.
  public static let alcoholWithdrawal = yesNo(
    "alcoholWithdrawal", "Alcohol withdrawal", .habits, "Symptoms of alcohol withdrawal.")

  /// Average daily intake of pure ethanol; a British unit is 10 mL, mL a day.
  public static let alcoholPerDay = quantity(
    "alcoholPerDay", "Ethanol a day", .habits, ["mL/d"], accepted: 0...2000, plausible: 0...400,
    synonyms: ["drinking"], "Average daily intake of pure ethanol; a British unit is 10 mL.")

  /// Plans to drink the same amount of alcohol during the trial.
  public static let plansSameAlcohol = yesNo(
    "plansSameAlcohol", "Will go on drinking", .habits,
    "Plans to drink the same amount of alcohol during the trial.")

  /// Loss of body weight within six months, in per cent, %.
  public static let weightLossSixMonths = quantity(
    "weightLossSixMonths", "Weight loss in 6 months", .habits, ["%"], accepted: 0...70,
    plausible: 0...30, "Loss of body weight within six months, in per cent.")
}
