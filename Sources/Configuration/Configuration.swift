public import Hepatology
public import Quantities
public import Terminal
public import Workbench

/// What a user has chosen in the configuration file; what holds without one.
public struct Configuration: Sendable {
  /// The variables that it may speak of.
  public let variables: VariableTable
  /// The colours.
  public var theme = ThemeChoice.auto
  /// Whether everything is drawn with ASCII characters.
  public var ascii = false
  /// Whether the mouse is the app's, so that it no longer selects text.
  public var mouse = false
  /// The custom whose units are used where ``units`` names none.
  public var system = UnitSystem.si
  /// The units of single variables.
  public var units: [Variable: Unit] = [:]
  /// How days are shown and typed.
  public var dates = DayFormat.iso
  /// The limits of the site, outside of which a number asks for a second look.
  public var limits: [Variable: SiteLimits.Limit] = [:]
  /// The scores that the form shows.
  public var favourites = Preferences.usualFavourites
  /// The keys that are not the usual ones.
  public var keys: [KeyMap.Change] = []
  /// What is wrong in the file; what it concerns is as it would be without it.
  public var problems: [ConfigurationProblem] = []

  /// What holds without a file.
  public init(variables: VariableTable) { self.variables = variables }

  /// What the app is to know of it.
  public var preferences: Preferences {
    var chosen = units
    if system != .si {
      for variable in variables.all where chosen[variable] == nil {
        guard let measure = variable.measure else { continue }
        let unit = measure.unit(in: system)
        if unit != measure.canonical { chosen[variable] = unit }
      }
    }
    return Preferences(
      variables: variables, favourites: favourites, units: chosen, keys: KeyMap(keys), dates: dates,
      limits: SiteLimits(limits))
  }
}

/// What is wrong in a configuration file, where, and what would be right.
public struct ConfigurationProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file's name.
  public let file: String
  /// The line, counted from 1.
  public let line: Int
  /// The column, counted from 1.
  public let column: Int
  /// What is wrong, and what would be right.
  public let message: String

  /// What is wrong at a place of a file.
  public init(file: String, line: Int, column: Int, message: String) {
    self.file = file
    self.line = line
    self.column = column
    self.message = message
  }

  /// `file:line:column: error: message`, as compilers write it.
  public var description: String { "\(file):\(line):\(column): error: \(message)" }
}
