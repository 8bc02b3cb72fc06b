import Clinic
import Testing

@Suite("SHA-256")
struct DigestTests {
  /// FIPS 180-4 examples, as NIST publishes them with intermediate values.
  @Test(
    "The published examples",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqr"
          + "lmnopqrsmnopqrstnopqrstu",
        "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
      ),
    ])
  func published(message: String, digest: String) {
    #expect("\(Digest(of: message.utf8))" == digest)
  }

  @Test("A hundred thousand letters, and every length around a block")
  func lengths() {
    // The second is of lengths 0 to 130 one behind the other, computed with Python's hashlib.
    #expect(
      "\(Digest(of: [UInt8](repeating: 0x61, count: 100_000)))"
        == "6d1cf22d7cc09b085dfc25ee1a1f3ae0265804c607bc2074ad253bcc82fd81ee")
    let all = (0...130).map { "\(Digest(of: [UInt8](repeating: 0x62, count: $0)))" }.joined()
    #expect(
      "\(Digest(of: all.utf8))"
        == "f03fa14c3c386399e9b0a30a03cb4170d435db472cb4e6706bcc94f2ea9c2cbd")
  }

  @Test("Hexadecimal digits there and back")
  func text() throws {
    let digest = Digest(of: "lobule".utf8)
    #expect(Digest(digest.description) == digest)
    #expect(Digest("12") == nil)
    #expect(Digest(String(repeating: "g", count: 64)) == nil)
  }
}
