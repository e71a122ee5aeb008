package io.numa.avatar.process.sandbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The folders outside of the system's own that a command's programs need: those of {@code PATH}, of
 * the command's own program and its interpreter, and the tools' homes that variables name.
 *
 * <p>A folder {@code bin} is of no use without its neighbours, such as {@code lib}, so the folder
 * around it is meant, if it is a tool's own: not HOME, not a hidden folder in HOME, which may hold
 * passwords, and not a folder of many tools such as {@code /opt}.
 *
 * @param home the operator's HOME
 */
record ProgramRoots(Path home) {
  private static final List<Path> SYSTEM =
      Stream.of("/usr", "/bin", "/sbin", "/lib", "/lib64", "/proc", "/dev", "/sys", "/etc", "/run")
          .map(Path::of)
          .toList();

  private static final Path TMP = Path.of("/var/tmp");

  /** Tools' homes, which hold neither passwords nor caches. */
  private static final List<String> HOMES =
      List.of(
          "JAVA_HOME GOROOT GRADLE_HOME M2_HOME MAVEN_HOME ANDROID_HOME DOTNET_ROOT".split(" "));

  private static final List<String> CERTIFICATES =
      List.of(
          "CURL_CA_BUNDLE NODE_EXTRA_CA_CERTS REQUESTS_CA_BUNDLE SSL_CERT_DIR SSL_CERT_FILE"
              .split(" "));

  /** The managers of tools' versions: their variable, its usual folder in HOME. */
  static final Map<String, String> MANAGERS =
      Map.of(
          "RUSTUP_HOME", ".rustup",
          "PYENV_ROOT", ".pyenv",
          "RBENV_ROOT", ".rbenv",
          "NVM_DIR", ".nvm",
          "SDKMAN_DIR", ".sdkman",
          "VOLTA_HOME", ".volta");

  private static final int LONGEST_FIRST_LINE = 256;

  /**
   * The folders and files to show; each exists, and none is of the system.
   *
   * @param program the command's program, if it may be shown; absolute
   * @param variables those of the avatar; a plan's own may name any folder
   */
  Set<Path> roots(Optional<Path> program, Map<String, String> variables) {
    var roots = new LinkedHashSet<Path>();
    searched(variables).flatMap(this::ofFolder).forEach(roots::add);
    Stream.of(HOMES.stream(), CERTIFICATES.stream(), MANAGERS.keySet().stream())
        .flatMap(names -> names)
        .map(name -> variables.getOrDefault(name, ""))
        .flatMap(ProgramRoots::path)
        .flatMap(ProgramRoots::literalAndReal)
        .forEach(roots::add);
    program.ifPresent(
        file -> {
          ofProgram(file).forEach(roots::add);
          interpreter(file).stream().flatMap(this::ofProgram).forEach(roots::add);
        });
    roots.removeIf(root -> !Files.exists(root) || system(root) || holdsMuch(root));
    return roots;
  }

  /** Whether a program is in a folder of the avatar's own {@code PATH}. */
  boolean onPath(Path program, Map<String, String> variables) {
    return searched(variables).anyMatch(folder -> folder.equals(program.getParent()));
  }

  private static Stream<Path> searched(Map<String, String> variables) {
    return Stream.of(variables.getOrDefault("PATH", "").split(":", -1)).flatMap(ProgramRoots::path);
  }

  /** The variables of tools' managers that have no value, and stand for a folder in HOME. */
  Map<String, String> managers(Map<String, String> variables) {
    var found = new HashMap<String, String>();
    MANAGERS.forEach(
        (name, folder) -> {
          Path usual = home.resolve(folder);
          if (!variables.containsKey(name) && Files.isDirectory(usual)) {
            found.put(name, usual.toString());
          }
        });
    return found;
  }

  private boolean holdsMuch(Path root) {
    return home.startsWith(root) || root.getNameCount() < 2 || root.equals(TMP);
  }

  private static boolean system(Path path) {
    return SYSTEM.stream().anyMatch(path::startsWith);
  }

  private static Stream<Path> path(String text) {
    try {
      return text.startsWith("/") ? Stream.of(Path.of(text).normalize()) : Stream.empty();
    } catch (InvalidPathException e) {
      return Stream.empty();
    }
  }

  private Stream<Path> ofProgram(Path program) {
    return literalAndReal(program)
        .filter(path -> !system(path))
        .flatMap(
            path ->
                modules(path)
                    .map(Stream::of)
                    .orElseGet(
                        () ->
                            Stream.concat(
                                Stream.of(path),
                                Stream.ofNullable(path.getParent()).flatMap(this::around))));
  }

  /** The folder {@code node_modules} of a program in it: its packages need each other. */
  private static Optional<Path> modules(Path program) {
    for (int i = 1; i < program.getNameCount(); i++) {
      if (program.getName(i).toString().equals("node_modules")) {
        return Optional.of(program.getRoot().resolve(program.subpath(0, i + 1)));
      }
    }
    return Optional.empty();
  }

  private Stream<Path> ofFolder(Path folder) {
    return literalAndReal(folder)
        .filter(path -> !system(path))
        .flatMap(path -> Stream.concat(Stream.of(path), around(path)));
  }

  private Stream<Path> around(Path bin) {
    Path around = bin.getParent();
    boolean own =
        around != null
            && around.getNameCount() > 1
            && (bin.endsWith("bin") || bin.endsWith("sbin"))
            && !home.startsWith(around)
            && !(home.equals(around.getParent()) && around.getFileName().toString().startsWith("."))
            && Stream.of("lib", "lib64", "libexec", "jmods").anyMatch(isIn(around));
    return own ? Stream.of(around) : Stream.empty();
  }

  private static Predicate<String> isIn(Path folder) {
    return name -> Files.isDirectory(folder.resolve(name));
  }

  private static Stream<Path> literalAndReal(Path path) {
    try {
      return Stream.of(path, path.toRealPath()).distinct();
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  /** The program that the first line of a script names. */
  private static Optional<Path> interpreter(Path program) {
    try (InputStream in = Files.newInputStream(program)) {
      String start = new String(in.readNBytes(LONGEST_FIRST_LINE), ISO_8859_1);
      return start.startsWith("#!")
          ? path(start.substring(2).strip().split("\\s", 2)[0]).findFirst()
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
