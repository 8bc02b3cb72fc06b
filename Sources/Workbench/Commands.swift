import Assessment
import Hepatology
import Quantities
import Terminal
import Trials

/// What the keys, the mouse and a paste make the app do.
extension Workbench {
  /// Answers a key in the palette, which stays where the command does nothing now and says why.
  mutating func choose(_ key: Key, in palette: PaletteOverlay) -> [Effect] {
    if !key.editsText, binding(for: .help, key) != nil { return perform(.help, key) }
    var palette = palette
    switch palette.handle(key) {
    case .stays: overlay = .palette(palette)
    case .closes: overlay = nil
    case .runs(let command):
      if let reason = command.disabled {
        message = reason
        return []
      }
      overlay = nil
      return perform(command.action, command.keys.first ?? key)
    }
    return []
  }

  func binding(for action: Action, _ key: Key) -> Binding? {
    bindings.first { $0.action == action && $0.keys.contains(key) }
  }

  mutating func openPalette() {
    let here = bindings
    let places = keys.applied(to: Binding.places(from: place), takesText: false)
    let others = places.filter { place in !here.contains { $0.action == place.action } }
    overlay = .palette(PaletteOverlay(bindings: here + others))
  }

  /// The wheel moves as the arrows do; a click goes to a place or presses a key that is shown.
  mutating func answer(_ mouse: MousePress) -> [Effect] {
    switch mouse.button {
    case .wheelUp: return press(.up)
    case .wheelDown: return press(.down)
    case .left:
      if mouse.point.y == 0, overlay == nil,
        let item = topLine.items.first(where: { $0.columns.contains(mouse.point.x) })
      {
        return perform(.go(item.place), .enter)
      }
      if mouse.point.y == size.rows - 1, said == nil,
        let item = keyLine.items.first(where: { $0.columns.contains(mouse.point.x) })
      {
        return press(item.key)
      }
      return []
    }
  }

  mutating func paste(_ text: String) {
    if case .prompt(var prompt) = overlay {
      prompt.paste(text)
      overlay = .prompt(prompt)
    } else if case .palette(var palette) = overlay {
      palette.paste(text)
      overlay = .palette(palette)
    }
    if overlay != nil { return }
    if place == .patient, form.beside == nil {
      message = form.paste(text)
    } else if place == .trials, trials.isFiltering {
      let line = text.split(whereSeparator: \.isNewline).first ?? ""
      for character in line.prefix(80) { trials.type(.character(character)) }
    } else if place == .scores, scores.isFiltering {
      let line = text.split(whereSeparator: \.isNewline).first ?? ""
      for character in line.prefix(40) { scores.type(.character(character)) }
    } else if place == .patients, roster.isFiltering {
      roster.paste(String(text.prefix(60)))
    } else {
      message = "Nothing takes a paste here; open the filter or a field first."
    }
  }

  mutating func perform(_ action: Action, _ key: Key) -> [Effect] {
    switch action {
    case .go(let place):
      if place == .screening, self.place == .trials || screens.trial == nil {
        screens.show(trials.chosen?.id, of: library)
      }
      form.leave()
      screens.stopExplaining()
      self.place = place
    case .quit: return quit()
    case .suspend: return [.suspend]
    case .redraw: return [.redraw]
    case .copyLine: return scores.line.map { [.copy($0)] } ?? []
    case .copyNote:
      let day = today.map { "\($0)\n" } ?? ""
      return scores.note.map { [.copy(day + $0)] } ?? []
    case .nextTheme: return [.nextTheme]
    case .palette: openPalette()
    case .favourite where place == .scores:
      message = scores.toggleFavourite()
      roster.forgetFigures()
      form.require(favourites.flatMap { $0.inputs + $0.optionalInputs })
      results = []
      return [.keepFavourites(favourites.map(\.id))]
    case .help: overlay = .help(HelpOverlay(title: place.title, bindings: bindings))
    default:
      if let effects = performLasting(action, key) { return effects }
      performInPlace(action, key)
    }
    return []
  }

  mutating func performInPlace(_ action: Action, _ key: Key) {
    switch (place, action) {
    case (.trials, .move): trials.move(key, layout: trials.layout(area))
    case (.trials, .filter): trials.startFilter()
    case (.trials, .sort): message = trials.nextOrder()
    case (.trials, .open): trials.open()
    case (.trials, .otherPanel): trials.otherPanel()
    case (.trials, .back): trials.back()
    case (.trials, .bookmark): message = trials.toggleBookmark()
    case (.trials, .compare): trials.compare(PatientVocabulary(variables))
    case (.trials, .verdicts): if let trial = trials.chosen { explain(trial.id) }
    case (.trials, .nextTrial): trials.stepComparison(by: 1)
    case (.trials, .previousTrial): trials.stepComparison(by: -1)
    case (.patient, .date): form.startDating()
    case (.patient, .keep) where form.dating != nil: message = form.keepDay()
    case (.patient, .keep):
      if form.asksFirst { break }
      message = form.move(by: 1)
    case (.patient, .nextField): message = form.move(by: 1)
    case (.patient, .previousField): message = form.move(by: -1)
    case (.patient, .nextGroup): message = form.moveGroup(by: 1)
    case (.patient, .previousGroup): message = form.moveGroup(by: -1)
    case (.patient, .restore): form.escape()
    case (.patient, .enterFields): form.enterFields()
    case (.patient, .clear): form.clear()
    case (.patient, .switchUnit): form.switchUnit()
    case (.patient, .otherUnit): form.takeOtherUnit()
    case (.patient, .allFields): form.toggleAll()
    case (.patient, .why): form.explainNext(of: favourites.count)
    case (.patient, .verdicts): form.toggleBeside()
    case (.patient, .otherPanel): form.beside?.switchPanel()
    case (.patient, .open): openBeside()
    case (.patient, .move) where form.beside != nil: form.beside?.move(key)
    case (.patient, .move):
      form.scrollWorking(key, patientLayout)
    case (.scores, .move): scores.move(key, layout: ScoresLayout(area))
    case (.scores, .filter): scores.startFilter()
    case (.scores, .otherPanel): scores.otherPanel()
    case (.scores, .open): scores.open()
    case (.scores, .back): if !scores.back() { place = .patient }
    case (.scores, .variant): message = scores.nextVariant()
    case (.scores, .trend): scores.toggleTrend()
    case (.scores, .earlierValue): scores.trend.move(by: -1)
    case (.scores, .laterValue): scores.trend.move(by: 1)
    case (.scores, .nextOverlay): scores.trend.overlay(by: 1)
    case (.scores, .previousOverlay): scores.trend.overlay(by: -1)
    case (.scores, .swapOverlay): scores.trend.swap()
    case (.patient, .reviewedNone): message = form.reviewNone()
    case (.screening, .move): screens.move(key, ScreeningLayout(area), of: library)
    case (.screening, .nextTrial): screens.step(by: 1, of: library)
    case (.screening, .previousTrial): screens.step(by: -1, of: library)
    case (.screening, .matrix): screens.toggleMatrix()
    case (.screening, .otherPanel): screens.read(!screens.isReading)
    case (.screening, .open):
      if screens.isMatrix { screens.toggleMatrix() } else { screens.read(true) }
    case (.screening, .back):
      if screens.isReading, screens.origin == nil { screens.read(false) } else { leaveScreening() }
    case (.screening, .attest(let answer)):
      if let question = screens.question {
        screening?.answer(question, answer)
        refreshScreening()
      }
    default: break
    }
  }

  private mutating func leaveScreening() {
    place = screens.origin ?? .patient
    screens.stopExplaining()
  }

  /// The keys that work here and now, the most useful first.
  public var bindings: [Binding] {
    let usual: [Binding]
    switch place {
    case .patient: return formKeys.bindings
    case .trials: usual = trials.bindings(isScreened: screening != nil && !patient.isEmpty)
    case .scores: usual = scores.bindings
    case .screening: usual = screens.bindings(lasting: lastingKeys.bindings)
    case .patients: usual = roster.bindings(stays: cannotLeave)
    }
    return keys.applied(to: usual, takesText: takesText)
  }

  /// Whether a key types or edits text, which no command has then.
  func isInput(_ key: Key) -> Bool { key.editsText && takesText }

  /// Whether letters are input now.
  var takesText: Bool {
    switch place {
    case .trials: trials.isFiltering
    case .patient: form.isInField || form.dating != nil
    case .scores: scores.isFiltering
    case .screening: false
    case .patients: roster.isFiltering
    }
  }
}
