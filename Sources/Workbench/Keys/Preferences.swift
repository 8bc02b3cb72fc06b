public import Hepatology
public import Quantities

/// What a user has chosen, for the whole app.
public struct Preferences: Sendable {
  /// The variables that there are.
  public var variables: VariableTable
  /// The scores that the form shows; at least one.
  public var favourites: [Score]
  /// The units that numbers are shown in, and typed in where none is written behind them; the
  /// canonical one for a variable that is not among them.
  public var units: [Variable: Unit]
  /// The keys.
  public var keys: KeyMap
  /// How days are shown and typed.
  public var dates: DayFormat
  /// The limits outside of which a number asks for a second look.
  public var limits: SiteLimits

  /// What holds where nobody has chosen anything.
  public init(
    variables: VariableTable, favourites: [Score] = Self.usualFavourites,
    units: [Variable: Unit] = [:],
    keys: KeyMap = .standard, dates: DayFormat = .iso,
    limits: SiteLimits = SiteLimits()
  ) {
    self.variables = variables
    self.favourites = favourites
    self.units = units
    self.keys = keys
    self.dates = dates
    self.limits = limits
  }

  /// The scores that the form shows where nobody has chosen others.
  public static var usualFavourites: [Score] {
    [.meld3, .meldNa, .meld, .childPugh, .cosshACLF2]
  }
}
