@main
struct Lobule {
  static func main() {}
}
