// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "Lobule",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "lobule", targets: ["lobule"]),
    .library(
      name: "LobuleCore",
      targets: ["Quantities", "Hepatology", "Criteria", "Trials", "Assessment", "Cohorts"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // The core: no terminal, no clock, no files that it was not given.
    .target(name: "Quantities", swiftSettings: strict),
    // Arithmetic on many numbers at once, as wide as the processor allows.
    .target(name: "CLanes"),
    .target(
      name: "Hepatology", dependencies: ["Quantities", "CLanes"], swiftSettings: strict,
      plugins: ["DeclarationList"]),
    // Lists the declared scores and variables, so that a new one is one new declaration.
    .plugin(name: "DeclarationList", capability: .buildTool()),
    .target(name: "Criteria", dependencies: ["Quantities"], swiftSettings: strict),
    // The trial records of the folder `seeds`, so that a new one is one new file.
    .target(name: "Seeds", swiftSettings: strict, plugins: ["SeedList"]),
    .plugin(name: "SeedList", capability: .buildTool()),
    .target(
      name: "Trials",
      dependencies: ["Quantities", "Criteria", "Seeds", .product(name: "Yams", package: "Yams")],
      swiftSettings: strict),
    .target(
      name: "Assessment",
      dependencies: ["Quantities", "Hepatology", "Criteria", "Trials"],
      swiftSettings: strict),

    // Files of rows and columns, read and written in a stream.
    .target(name: "Tables", swiftSettings: strict),
    // Scores of many patients at once, from one stream of rows to another.
    .target(
      name: "Cohorts", dependencies: ["Quantities", "Hepatology", "Tables"],
      swiftSettings: strict),
    // Writing to the disk without waiting for it.
    .target(name: "CDisk"),
    // What lasts: the store, its history, what goes in and out of it.
    .target(
      name: "Clinic",
      dependencies: [
        "Quantities", "Hepatology", "Tables", "CDisk",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: strict),

    // The program.
    .target(
      name: "CNcurses",
      linkerSettings: [
        .linkedLibrary("ncursesw", .when(platforms: [.linux])),
        .linkedLibrary("tinfo", .when(platforms: [.linux])),
        .linkedLibrary("ncurses", .when(platforms: [.macOS])),
      ]),
    .target(name: "Terminal", dependencies: ["CNcurses"], swiftSettings: strict),
    .target(
      name: "Workbench",
      dependencies: [
        "Quantities", "Hepatology", "Criteria", "Trials", "Assessment", "Terminal", "Clinic",
      ],
      swiftSettings: strict),
    // What a user has chosen, read from a file.
    .target(
      name: "Configuration",
      dependencies: [
        "Quantities", "Hepatology", "Terminal", "Workbench",
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "lobule",
      dependencies: [
        "Quantities", "Hepatology", "Criteria", "Trials", "Assessment", "Terminal", "Workbench",
        "Configuration", "Tables", "Cohorts", "Clinic",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    // What `make bench` measures besides the program itself.
    .executableTarget(
      name: "ColumnsBenchmark", dependencies: ["Quantities", "Hepatology", "Cohorts"],
      path: "Benchmarks/Columns", swiftSettings: strict),
    .executableTarget(
      name: "ScreeningBenchmark",
      dependencies: ["Quantities", "Hepatology", "Trials", "Assessment", "Terminal", "Workbench"],
      path: "Benchmarks/Screening", swiftSettings: strict),

    // What tests of all targets use, and what those use beside it that know of patients.
    .target(
      name: "TestSupport", dependencies: ["Quantities", "Tables"], path: "Tests/Support",
      swiftSettings: strict),
    .target(
      name: "PatientSupport", dependencies: ["Hepatology"], path: "Tests/PatientSupport",
      swiftSettings: strict),
    .testTarget(
      name: "QuantitiesTests", dependencies: ["Quantities", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "HepatologyTests",
      dependencies: ["Quantities", "Hepatology", "CLanes", "TestSupport", "PatientSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "CriteriaTests", dependencies: ["Quantities", "Criteria", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "TrialsTests", dependencies: ["Quantities", "Criteria", "Trials", "TestSupport"],
      swiftSettings: strict),
    .testTarget(name: "TablesTests", dependencies: ["Tables"], swiftSettings: strict),
    .testTarget(
      name: "CohortsTests",
      dependencies: [
        "Quantities", "Hepatology", "Tables", "Cohorts", "TestSupport", "PatientSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ClinicTests",
      dependencies: [
        "Quantities", "Hepatology", "Tables", "Clinic", "SmallDisk", "TestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "AssessmentTests",
      dependencies: [
        "Quantities", "Hepatology", "Criteria", "Trials", "Assessment", "TestSupport",
        "PatientSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "TerminalTests", dependencies: ["Terminal", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "WorkbenchTests",
      dependencies: [
        "Quantities", "Hepatology", "Trials", "Assessment", "Terminal", "Workbench", "Clinic",
        "lobule", "CAllocations", "TestSupport", "PatientSupport",
      ],
      exclude: ["Goldens", "Counters.txt"], swiftSettings: strict),
    .testTarget(
      name: "ConfigurationTests",
      dependencies: [
        "Quantities", "Hepatology", "Terminal", "Workbench", "Configuration", "TestSupport",
      ],
      swiftSettings: strict),
    // Measures the store; `make bench`.
    .executableTarget(
      name: "ClinicBenchmark", dependencies: ["Quantities", "Hepatology", "Clinic"],
      path: "Benchmarks/Clinic", swiftSettings: strict),
    // Counts how often tests ask for memory.
    .target(name: "CAllocations", path: "Tests/CAllocations"),
    // Disks that tests fill and take away.
    .target(name: "SmallDisk", path: "Tests/SmallDisk", swiftSettings: strict),
    // Draws what the program sends; needs libvterm-dev.
    .systemLibrary(name: "CVTerm", path: "Tests/CVTerm", providers: [.apt(["libvterm-dev"])]),
    .testTarget(
      name: "EndToEnd",
      dependencies: ["CVTerm", "SmallDisk", "Workbench", "Configuration", "TestSupport", "lobule"],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)

// The tool that makes the library's documentation is wanted for `make docs` alone.
if Context.environment["LOBULE_DOCS"] != nil {
  package.dependencies.append(
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"))
}
