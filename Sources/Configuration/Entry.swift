import Hepatology
import Quantities
import Terminal
import Workbench

extension Configuration {
  /// One entry of the configuration file, as it is read and as the documentation tells of it.
  public enum Entry: String, CaseIterable, Sendable {
    case theme, ascii, mouse, units, dates, limits, favourites, keys

    /// What may stand behind it.
    public var values: String {
      switch self {
      case .theme: ThemeChoice.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
      case .ascii, .mouse: "`true`, `false`"
      case .units:
        "`SI`, `conventional`, or a list of variables and their units, in which `all` stands for the "
          + "others"
      case .dates: DayFormat.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
      case .limits: "a list of variables, each with a least and a greatest number and their unit"
      case .favourites: "a list of scores, by their identifiers"
      case .keys: "a list of actions, each with one key or several"
      }
    }

    /// What it does, in sentences.
    public var meaning: String {
      switch self {
      case .theme:
        "The colours. `auto` asks the terminal whether its background is dark or light; "
          + "`high-contrast` and `blue-orange` do so too. `blue-orange` is for eyes that do not tell "
          + "red from green. Where `NO_COLOR` is set no colour is sent, whatever stands here."
      case .ascii:
        "Draws lines, marks and charts with ASCII characters only. Where the terminal does not speak "
          + "UTF-8 this is so anyway."
      case .mouse:
        "Gives the mouse to the app: its wheel moves as the arrows do, and a click on a place in the "
          + "top line goes there, on a key of the bottom line presses it. The terminal then selects "
          + "text only with Shift held, which is why this is off."
      case .units:
        "The units in which the form shows numbers, and takes those that are typed without one. "
          + "`conventional` is mg/dL, g/dL, blood urea nitrogen for urea, and 10³/µL. `Ctrl-u` still "
          + "switches the unit of a field, and a unit that is typed behind a number always holds."
      case .dates:
        "How days of visits, values and events are shown and typed: `2026-11-21`, `21.11.2026` or "
          + "`11/21/2026`. Year-month-day is understood with each of them. Files, exports, the command "
          + "line, what a registry says and the sentences of criteria keep to year-month-day."
      case .limits:
        "The limits of the site: a number outside of them is kept, and the form asks for a second look "
          + "(`!`), in place of the limits that the program comes with, which [scores.md](scores.md) "
          + "lists. They cannot go beyond what is refused. Files of patients (`lobule score --from`, "
          + "imports) are checked by the program's own."
      case .favourites:
        "The scores that stand first and beside the form, in this order. `f` among the scores "
          + "changes them too; that is remembered until this entry is changed."
      case .keys:
        "Other keys for actions, which have no others then. The names of the actions and their usual "
          + "keys are in [keys.md](keys.md), and `lobule config keys` prints those that hold. Keys "
          + "are written as the app shows them: `g`, `Ctrl-u`, `F5`, `Shift-Tab`, `PgUp`, `Space`; "
          + "signs such as `?` and `:` in quotes. Where letters are input, a letter stays input, and "
          + "an action that would have no key there keeps its own."
      }
    }

    /// The entry as it can be written in a file.
    public var example: String {
      switch self {
      case .theme: "theme: blue-orange"
      case .ascii: "ascii: true"
      case .mouse: "mouse: true"
      case .units: "units:\n  all: SI\n  totalBilirubin: mg/dL\n  creatinine: mg/dL"
      case .dates: "dates: day-first"
      case .limits: "limits:\n  totalBilirubin: 5 to 600 umol/L\n  inr: 0.8 to 8"
      case .favourites: "favourites: [meld3, childPugh, clifCACLF]"
      case .keys: "keys:\n  sort: o\n  switchUnit: [F7, Ctrl-u]\n  palette: [\":\", F8, Ctrl-p]"
      }
    }
  }
}

extension Configuration {
  /// An entry as it would have to stand in a file to say what holds.
  public func written(_ entry: Entry) -> String {
    switch entry {
    case .theme: return "theme: \(theme.rawValue)"
    case .ascii: return "ascii: \(ascii)"
    case .mouse: return "mouse: \(mouse)"
    case .units:
      if units.isEmpty { return "units: \(system.rawValue)" }
      let each = variables.all.compactMap { variable in
        units[variable].map { "\n  \(variable.id): \($0.code)" }
      }
      return "units:\n  all: \(system.rawValue)\(each.joined())"
    case .dates: return "dates: \(dates.rawValue)"
    case .limits:
      if limits.isEmpty { return "limits: {}" }
      let each = variables.all.compactMap { variable in
        limits[variable].map { limit in
          let unit = limit.unit == .one ? "" : " \(limit.unit.code)"
          return "\n  \(variable.id): "
            + "\(limit.range.lowerBound) to \(limit.range.upperBound)\(unit)"
        }
      }
      return "limits:\(each.joined())"
    case .favourites:
      return "favourites: [\(favourites.map(\.id).joined(separator: ", "))]"
    case .keys:
      if keys.isEmpty { return "keys: {}" }
      return "keys:"
        + keys.map { change in
          let names = change.keys.map { "'\($0.name.replacing("'", with: "''"))'" }
          return "\n  \(change.name): [\(names.joined(separator: ", "))]"
        }.joined()
    }
  }

  /// The whole text in Markdown, as `docs/configuration.md` holds it.
  public static var markdown: String {
    var text = """
      # Configuration

      Lobule reads `$XDG_CONFIG_HOME/lobule/config.yaml`, which is `~/.config/lobule/config.yaml` \
      where that variable is not set. The file need not be there, and no entry must be: what is not \
      written is as it always was. What is wrong in it is named with line and column, and \
      everything else in it holds.

      ```
      lobule config path    # where the file is looked for
      lobule config check   # what is wrong in it, by line
      lobule config show    # what holds now, written as such a file
      lobule config keys    # the keys that hold now, with the names of their actions
      ```

      Options of the command line, as `--theme`, stand above the file. Nothing else writes to it: \
      what the app itself remembers (the favourites chosen with `f`) lies in \
      `$XDG_STATE_HOME/lobule`, which is `~/.local/state/lobule` where that variable is not set.

      """
    for entry in Entry.allCases {
      text += """

        ## \(entry.rawValue)

        \(entry.meaning)

        - Values: \(entry.values)
        - Without it: `\(Configuration(variables: .builtIn).written(entry))`

        ```yaml
        \(entry.example)
        ```

        """
    }
    return text
  }
}
