package io.numa.avatar.backend.project;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.CommandLine.Argv;
import io.numa.avatar.plan.CommandLine.Shell;
import io.numa.avatar.port.TestDetection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Recognises the build tools of many languages by their files. Reads only regular files directly in
 * the top folder, as a link may point anywhere.
 */
public final class BuildFileTestDetection implements TestDetection {
  private static final int MAX_BYTES = 1 << 20;

  /** Part of the script that {@code npm init} writes for a project without tests. */
  private static final String NO_TEST = "no test specified";

  /**
   * Names followed by one or two colons, and no assignment. Comments and recipes do not have that
   * form.
   */
  private static final Pattern MAKE_RULE = Pattern.compile("([^\\t#=:][^#=:]*)::?(?![:=])");

  /**
   * The first rule that applies wins: wrappers come before installed tools, special rules before
   * general ones.
   */
  private static final List<Rule> RULES =
      List.of(
          rule(root -> root.has("mvnw") && root.has("pom.xml"), "./mvnw -B verify"),
          rule(root -> root.has("pom.xml"), "mvn -B verify"),
          rule(root -> root.has("gradlew"), "./gradlew test"),
          rule(Root::hasGradleBuild, "gradle test"),
          script(root -> root.has("pnpm-lock.yaml"), "pnpm install --frozen-lockfile", "pnpm test"),
          // No option: the option for keeping to the lock file differs between versions of Yarn.
          script(root -> root.has("yarn.lock"), "yarn install", "yarn test"),
          script(Root::hasBunLock, "bun install --frozen-lockfile", "bun run test"),
          script(Root::hasNpmLock, "npm ci", "npm test"),
          script(root -> true, "npm install", "npm test"),
          rule(root -> root.has("pytest.ini"), "python3 -m pytest"),
          rule(root -> root.says("pyproject.toml", "[tool.pytest"), "python3 -m pytest"),
          rule(root -> root.says("setup.cfg", "[tool:pytest]"), "python3 -m pytest"),
          rule(root -> root.says("tox.ini", "[tox]"), "tox"),
          rule(root -> root.says("tox.ini", "[testenv"), "tox"),
          rule(root -> root.says("tox.ini", "[pytest]"), "python3 -m pytest"),
          rule(root -> root.holds("tests", "test_*.py"), "python3 -m pytest"),
          rule(root -> root.has("go.mod"), "go test ./..."),
          rule(root -> root.has("Cargo.toml"), "cargo test"),
          rule(root -> root.holds("", "*.{sln,slnx,csproj,fsproj,vbproj}"), "dotnet test"),
          rule(Root::hasMakeTarget, "make test"));

  @Override
  public Optional<CommandLine> detect(Path root) {
    var project = new Root(root);
    return RULES.stream()
        .filter(rule -> rule.applies().test(project))
        .findFirst()
        .map(rule -> rule.command(project));
  }

  private static Rule rule(Predicate<Root> applies, String words) {
    return new Rule(applies, "", words);
  }

  private static Rule script(Predicate<Root> applies, String preparation, String words) {
    return new Rule(root -> root.hasTestScript() && applies.test(root), preparation, words);
  }

  /**
   * How projects of one kind are tested.
   *
   * @param preparation the command that fetches the packages; may be empty
   */
  private record Rule(Predicate<Root> applies, String preparation, String words) {
    CommandLine command(Root root) {
      return !preparation.isEmpty() && root.lacksPackages()
          ? new Shell(preparation + " && " + words)
          : root.runnable(List.of(words.split(" ")));
    }
  }

  /** The project's top folder. */
  private record Root(Path folder) {
    boolean has(String name) {
      return isFile(folder.resolve(name));
    }

    /** Whether a line of the file begins with {@code words}. */
    boolean says(String name, String words) {
      return text(name).lines().anyMatch(line -> line.strip().startsWith(words));
    }

    boolean holds(String subfolder, String glob) {
      Path inside = folder.resolve(subfolder);
      if (!Files.isDirectory(inside, NOFOLLOW_LINKS)) {
        return false;
      }
      try (DirectoryStream<Path> files = Files.newDirectoryStream(inside, glob)) {
        for (Path file : files) {
          if (isFile(file)) {
            return true;
          }
        }
        return false;
      } catch (IOException e) {
        return false;
      }
    }

    boolean hasGradleBuild() {
      return has("build.gradle")
          || has("build.gradle.kts")
          || has("settings.gradle")
          || has("settings.gradle.kts");
    }

    boolean hasTestScript() {
      var script = section("scripts").getOrDefault("test", "");
      return !script.isBlank() && !script.contains(NO_TEST);
    }

    /** Whether the project names packages that are not fetched yet. */
    boolean lacksPackages() {
      return !Files.exists(folder.resolve("node_modules"), NOFOLLOW_LINKS)
          && Stream.of("dependencies", "devDependencies", "optionalDependencies")
              .anyMatch(name -> !section(name).isEmpty());
    }

    private Map<String, String> section(String name) {
      return PackageJson.sections(text("package.json")).getOrDefault(name, Map.of());
    }

    boolean hasNpmLock() {
      return has("package-lock.json") || has("npm-shrinkwrap.json");
    }

    boolean hasBunLock() {
      return has("bun.lock") || has("bun.lockb");
    }

    /** Whether the makefile that make would use has a target {@code test}. */
    boolean hasMakeTarget() {
      return List.of("GNUmakefile", "makefile", "Makefile").stream()
          .filter(this::has)
          .limit(1)
          .flatMap(name -> text(name).lines())
          .anyMatch(Root::isTestTarget);
    }

    /** Whether {@code line} is a rule with the target {@code test}. */
    private static boolean isTestTarget(String line) {
      Matcher rule = MAKE_RULE.matcher(line);
      return rule.lookingAt() && List.of(rule.group(1).strip().split("\\s+")).contains("test");
    }

    /** Runs a script by the shell if the file has no executable bit, such as after an unzip. */
    CommandLine runnable(List<String> words) {
      var program = words.get(0);
      if (program.startsWith("./") && !Files.isExecutable(folder.resolve(program))) {
        return new Argv(Stream.concat(Stream.of("sh"), words.stream()).toList());
      }
      return new Argv(words);
    }

    /** The first {@link #MAX_BYTES} of a file; empty if there is none. */
    private String text(String name) {
      Path file = folder.resolve(name);
      if (!isFile(file)) {
        return "";
      }
      try (InputStream in = Files.newInputStream(file, NOFOLLOW_LINKS)) {
        return new String(in.readNBytes(MAX_BYTES), UTF_8);
      } catch (IOException e) {
        return "";
      }
    }

    private static boolean isFile(Path file) {
      return Files.isRegularFile(file, NOFOLLOW_LINKS);
    }
  }
}
