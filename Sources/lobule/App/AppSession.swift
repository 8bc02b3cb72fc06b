import Clinic
import Hepatology
import Terminal
import Workbench

/// The app in a terminal, with a store: takes what happens, shows what follows, and does what is
/// asked of the outside.
///
/// What a person waits to see is read from the store at once. What is written is written once the
/// picture of the key that caused it is shown, and before the next key is taken.
struct AppSession {
  private let screen: Screen
  private let clerk: StoreClerk
  private var workbench: Workbench
  private var picture = Picture()
  private let favourites: [Score]
  private var waiting: [StoreRequest] = []
  private var isOver = false
  private var looked = ContinuousClock.now
  private var interval = AppSession.second
  /// Why the program was ended while a file was imported.
  private var ending: EndReason?
  private var isImporting = false

  /// How often the store is asked what other programs have written, and how long after the last key
  /// what waits for the keyboard to rest is done.
  private static let second = Duration.seconds(1)
  /// How often it is looked whether a new day has begun, where the store tells of itself that it was
  /// written to.
  private static let rest = Duration.seconds(60)
  /// How long after it told so what was written is there to be read.
  private static let moment = Duration.milliseconds(50)

  /// - Parameter favourites: The favourites of the configuration.
  init(screen: Screen, clerk: StoreClerk, workbench: Workbench, favourites: [Score]) {
    self.screen = screen
    self.clerk = clerk
    self.workbench = workbench
    self.favourites = favourites
  }

  /// Stays until the app is left; why, where that was not by a key.
  mutating func run() -> EndReason? {
    while true {
      draw()
      if catchUp() {
        if isOver { return nil }
        if let ending {
          screen.close()
          return ending
        }
        draw()
      }
      // What no key waits for is done while none comes.
      var event = workbench.hasWork ? screen.pending() ?? .tick : waitForChange()
      while let now = event {
        if now == .tick { workbench.turn(to: Clock.today) }
        perform(workbench.handle(now))
        if isOver || isEnd(now) {
          catchUp()
          screen.close()
          return if case .ended(let reason) = now { reason } else { nil }
        }
        event = waiting.contains { $0.isBinding } ? nil : screen.following()
      }
    }
  }

  /// Shows what has become of the app.
  private mutating func draw() {
    picture.take(workbench)
    screen.show(&picture.canvas)
  }

  /// Waits for an event; `nil` where the store brought something new instead.
  private mutating func waitForChange() -> Event? {
    while true {
      let watch = workbench.isRetrying ? nil : clerk.watch
      if watch == nil { interval = min(interval, Self.second) }
      let left = max(0, Int((interval - (.now - looked)) / .milliseconds(1)) + 1)
      let event = screen.next(timeout: left, or: watch?.descriptor)
      if event != .tick {
        if interval == Self.rest { looked = .now }
        interval = Self.second
        return event
      }
      looked = .now
      let isTold = watch?.drain() ?? false
      let isNewDay = workbench.turn(to: Clock.today)
      let isSecond = interval == Self.second
      interval = isTold ? Self.moment : interval == Self.moment ? Self.second : Self.rest
      // Who is told when the store is written to need not ask each time that the keyboard rests.
      if watch != nil, isSecond, !isTold, !isNewDay {
        clerk.rest()
        continue
      }
      if perform(workbench.handle(.tick)) || !waiting.isEmpty || isNewDay { return nil }
    }
  }

  private func isEnd(_ event: Event) -> Bool {
    if case .ended = event { true } else { false }
  }

  /// Does what is asked of the outside; whether the store had an answer.
  @discardableResult
  private mutating func perform(_ effects: [Effect]) -> Bool {
    var isNew = false
    for effect in effects {
      switch effect {
      case .quit: isOver = true
      case .suspend: screen.suspend()
      case .redraw: screen.redraw()
      case .copy(let text):
        workbench.tell(Copying.outcome(of: text, screen.copy(text)))
      case .nextTheme:
        screen.use(screen.choice.next)
        workbench.tell(
          screen.colors == 0
            ? "This terminal shows no colours, or NO_COLOR is set."
            : "The theme is \(screen.choice.rawValue) until you leave; "
              + "'theme' in the configuration keeps it.")
      case .keepFavourites(let chosen):
        if let failure = RememberedFavourites.write(chosen, configured: favourites) {
          workbench.tell("The favourites hold until you leave; they cannot be kept: \(failure)")
        }
      case .store(let request):
        if request.waitsForPicture || isImporting {
          // Of the half-typed field only the last text counts.
          if case .draft = request, case .draft? = waiting.last { waiting.removeLast() }
          waiting.append(request)
        } else {
          isNew = ask(request) || isNew
        }
      }
    }
    return isNew
  }

  /// Asks the store; whether there was an answer.
  private mutating func ask(_ request: StoreRequest) -> Bool {
    let answer = clerk.answer(request) { goOn(after: $0) }
    guard let answer else { return false }
    perform(workbench.handle(answer))
    return true
  }

  /// Answers the keys that wait while a file is imported; whether the import is to go on.
  private mutating func goOn(after visits: Int) -> Bool {
    isImporting = true
    defer { isImporting = false }
    workbench.report(imported: visits)
    // Not only what is pending: whether an ESC is the Escape key is known after a while.
    while ending == nil {
      let event = screen.next(timeout: 1)
      if event == .tick { break }
      if case .ended(let reason) = event { ending = reason }
      perform(workbench.handle(event))
    }
    draw()
    return ending == nil && !workbench.stopsImport
  }

  /// Does what has waited for its picture, and what follows from it; whether anything did.
  @discardableResult
  private mutating func catchUp() -> Bool {
    var isNew = false
    while !waiting.isEmpty { isNew = ask(waiting.removeFirst()) || isNew }
    return isNew
  }
}
