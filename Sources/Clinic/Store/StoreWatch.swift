#if os(Linux)
  import Glibc

  /// Wakes who waits for it when somebody writes to a store, so that nobody has to ask again and
  /// again.
  ///
  /// It knows neither who wrote nor what: ``Store/news()`` says whether it was another program.
  public final class StoreWatch {
    /// Becomes readable when somebody has written; for `poll` and the like.
    public let descriptor: Int32

    /// Watches a store that is open.
    ///
    /// - Parameter store: The path of the store's file.
    /// - Returns: `nil` where the system cannot tell.
    public init?(_ store: String) {
      let descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
      guard descriptor >= 0 else { return nil }
      self.descriptor = descriptor
      let events = UInt32(IN_MODIFY | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF)
      // What is committed is first written to the log, later to the store.
      for path in [store, store + "-wal"] where inotify_add_watch(descriptor, path, events) < 0 {
        return nil
      }
    }

    deinit { close(descriptor) }

    /// Takes what has been told, so that the next writing wakes again; whether anything was.
    ///
    /// What was written may become visible a moment after it was told.
    public func drain() -> Bool {
      var bytes = [UInt8](repeating: 0, count: 4096)
      var isNew = false
      while read(descriptor, &bytes, bytes.count) > 0 { isNew = true }
      return isNew
    }
  }
#else
  /// Wakes who waits for it when somebody writes to a store; only Linux can.
  public final class StoreWatch {
    /// Becomes readable when somebody has written.
    public let descriptor: Int32 = -1

    /// There is none here: the store has to be asked again and again.
    public init?(_ store: String) { return nil }

    /// Takes what has been told; whether anything was.
    public func drain() -> Bool { false }
  }
#endif
