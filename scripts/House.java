import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;

/**
 * Measures the structure of the main code of the modules {@code avatar-*}. Parses the sources and
 * compiles nothing. {@code scripts/house} runs it. With {@code --check}, the exit code is 1 if a
 * limit is exceeded.
 */
final class House {
  private static final int FILES_PER_PACKAGE = 30;
  private static final int FIELDS_PER_CLASS = 10;
  private static final int METHODS_PER_PORT = 6;
  private static final int CONSTRUCTOR_PARAMETERS = 5;
  private static final int LINES_PER_FILE = 300;

  private static final String PORTS = "io.numa.avatar.port";
  private static final String TESTKIT = "avatar-testkit";
  private static final int SHOWN = 12;
  private static final Pattern REASON =
      Pattern.compile("^\\s*(?://|/?\\*+)\\s*(?:<p>)?Over 300 lines because \\S", Pattern.MULTILINE);
  private static final Pattern NO_CODE = Pattern.compile("\\s*($|//|\\*|/\\*).*");
  private static final Set<String> TESTS =
      Set.of(
          "ArchTest",
          "Example",
          "ParameterizedTest",
          "Property",
          "RepeatedTest",
          "Test",
          "TestFactory",
          "TestTemplate");

  /** A number and the name of what has it, such as "22 io.numa.avatar.worker.AvatarWorker". */
  private record Count(int number, String of) {}

  private final Path root;
  private final Map<String, Integer> filesOfPackages = new TreeMap<>();
  private final List<Count> fields = new ArrayList<>();
  private final List<Count> components = new ArrayList<>();
  private final List<Count> ports = new ArrayList<>();
  private final List<Count> constructors = new ArrayList<>();
  private final List<Count> longFiles = new ArrayList<>();
  private final List<Count> excusedFiles = new ArrayList<>();
  private final Map<String, Integer> linesOfModules = new TreeMap<>();
  private final Map<String, Integer> testsOfModules = new TreeMap<>();
  private final List<String> broken = new ArrayList<>();

  private House(Path root) {
    this.root = root;
  }

  public static void main(String[] args) throws IOException {
    var house = new House(Path.of(args[0]));
    house.measure();
    house.print();
    if (List.of(args).contains("--check") && !house.broken.isEmpty()) {
      System.exit(1);
    }
  }

  private void measure() throws IOException {
    for (var module : modules()) {
      var name = module.getFileName().toString();
      var main = sources(module.resolve("src/main/java"));
      if (name.startsWith("avatar-")) {
        for (var file : main) {
          measureFile(name, file);
        }
        parse(main, new Structure());
      }
      var tests = new Tests();
      parse(main, tests);
      parse(sources(module.resolve("src/test/java")), tests);
      testsOfModules.put(name, tests.count);
    }
  }

  private List<Path> modules() throws IOException {
    try (var folders = Files.list(root)) {
      return folders
          .filter(folder -> Files.isRegularFile(folder.resolve("pom.xml")))
          .sorted()
          .toList();
    }
  }

  private static List<Path> sources(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  private void measureFile(String module, Path file) throws IOException {
    var text = Files.readString(file);
    var lines = text.lines().toList();
    var code = (int) lines.stream().filter(line -> !NO_CODE.matcher(line).matches()).count();
    linesOfModules.merge(module, code, Integer::sum);
    if (lines.size() > LINES_PER_FILE) {
      var count = new Count(lines.size(), root.relativize(file).toString());
      (REASON.matcher(text).find() ? excusedFiles : longFiles).add(count);
    }
  }

  private static void parse(List<Path> files, TreePathScanner<Void, Void> visitor)
      throws IOException {
    if (files.isEmpty()) {
      return;
    }
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var manager = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
      var task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  problem -> {
                    throw new IllegalStateException("could not parse: " + problem);
                  },
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(files));
      for (var unit : task.parse()) {
        visitor.scan(unit, null);
      }
    }
  }

  /** Collects the figures of packages, types and constructors. */
  private final class Structure extends TreePathScanner<Void, Void> {
    private String packageName = "";

    @Override
    public Void visitCompilationUnit(CompilationUnitTree unit, Void nothing) {
      packageName = String.valueOf(unit.getPackageName());
      if (!unit.getTypeDecls().isEmpty()) {
        filesOfPackages.merge(packageName, 1, Integer::sum);
      }
      return super.visitCompilationUnit(unit, nothing);
    }

    @Override
    public Void visitClass(ClassTree type, Void nothing) {
      if (!type.getSimpleName().isEmpty()) {
        measureType(type, nameOf(type));
      }
      return super.visitClass(type, nothing);
    }

    private String nameOf(ClassTree type) {
      var outer = new ArrayList<String>();
      for (var path = getCurrentPath().getParentPath(); path != null; path = path.getParentPath()) {
        if (path.getLeaf() instanceof ClassTree enclosing) {
          outer.add(0, enclosing.getSimpleName() + ".");
        }
      }
      return packageName + "." + String.join("", outer) + type.getSimpleName();
    }

    private void measureType(ClassTree type, String name) {
      var record = type.getKind() == Tree.Kind.RECORD;
      var variables = instanceFields(type);
      if (record) {
        components.add(new Count(variables, name));
      } else if (type.getKind() == Tree.Kind.CLASS || type.getKind() == Tree.Kind.ENUM) {
        fields.add(new Count(variables, name));
      }
      for (var member : type.getMembers()) {
        if (!record && member instanceof MethodTree method && method.getReturnType() == null) {
          constructors.add(new Count(method.getParameters().size(), name));
        }
      }
      if (packageName.startsWith(PORTS) && type.getKind() == Tree.Kind.INTERFACE) {
        measurePort(type, name);
      }
    }

    /** Counts the components of a record, too: the parser represents them as fields. */
    private int instanceFields(ClassTree type) {
      return (int)
          type.getMembers().stream()
              .filter(member -> member instanceof VariableTree)
              .map(member -> ((VariableTree) member).getModifiers().getFlags())
              .filter(flags -> !flags.contains(Modifier.STATIC))
              .count();
    }

    private void measurePort(ClassTree type, String name) {
      var methods =
          type.getMembers().stream()
              .filter(member -> member instanceof MethodTree)
              .map(member -> ((MethodTree) member).getModifiers())
              .filter(modifiers -> !overrides(modifiers))
              .map(ModifiersTree::getFlags)
              .filter(flags -> !flags.contains(Modifier.STATIC))
              .toList();
      var defaults = methods.stream().filter(flags -> flags.contains(Modifier.DEFAULT)).count();
      var told = defaults == 0 ? name : name + " (" + defaults + " of them default)";
      ports.add(new Count(methods.size(), told));
    }

    private static boolean overrides(ModifiersTree modifiers) {
      return modifiers.getAnnotations().stream()
          .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
    }
  }

  /** Counts the methods and constants that are a test or a rule by their annotation. */
  private static final class Tests extends TreePathScanner<Void, Void> {
    private int count;

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
      countIfTest(method.getModifiers());
      return super.visitMethod(method, nothing);
    }

    @Override
    public Void visitVariable(VariableTree variable, Void nothing) {
      countIfTest(variable.getModifiers());
      return super.visitVariable(variable, nothing);
    }

    private void countIfTest(ModifiersTree modifiers) {
      if (modifiers.getAnnotations().stream().anyMatch(Tests::makesATest)) {
        count++;
      }
    }

    private static boolean makesATest(AnnotationTree annotation) {
      var name = annotation.getAnnotationType().toString();
      return TESTS.contains(name.substring(name.lastIndexOf('.') + 1));
    }
  }

  private void print() {
    var packages =
        filesOfPackages.entrySet().stream().map(e -> new Count(e.getValue(), e.getKey()));
    section("files per package", packages.toList(), FILES_PER_PACKAGE, 100);
    section("instance fields per class", fields, FIELDS_PER_CLASS, 99);
    section("methods per port", ports, METHODS_PER_PORT, 100);
    section("constructor parameters", constructors, CONSTRUCTOR_PARAMETERS, 100);
    section("components per record", components, 0, 0);
    printLongFiles();
    printLines();
    printSum("tests", testsOfModules);
    System.out.println();
    System.out.println(
        broken.isEmpty() ? "All limits are kept." : "Broken: " + String.join("; ", broken));
  }

  /**
   * Prints a distribution.
   *
   * @param percentile the percentile that must not exceed the limit, 100 for the maximum; 0 if
   *     there is no limit
   */
  private void section(String title, List<Count> counts, int limit, int percentile) {
    var sorted = counts.stream().map(Count::number).sorted().toList();
    System.out.printf(
        "%s: p50 %d, p99 %d, max %d%s%n",
        title,
        percentile(sorted, 50),
        percentile(sorted, 99),
        percentile(sorted, 100),
        percentile == 0 ? "" : limitNote(title, percentile(sorted, percentile), limit, percentile));
    worst(counts);
  }

  private String limitNote(String title, int measured, int limit, int percentile) {
    var place = percentile == 100 ? "max" : "p" + percentile;
    return " (limit: " + place + " " + limit + ", " + verdict(title, measured, limit) + ")";
  }

  private String verdict(String title, int measured, int limit) {
    if (measured <= limit) {
      return "kept";
    }
    broken.add(title + " " + measured + " > " + limit);
    return "BROKEN";
  }

  private static int percentile(List<Integer> sorted, int percent) {
    if (sorted.isEmpty()) {
      return 0;
    }
    var rank = (int) Math.ceil(percent / 100.0 * sorted.size());
    return sorted.get(Math.max(rank, 1) - 1);
  }

  private static void worst(List<Count> counts) {
    counts.stream()
        .sorted(Comparator.comparingInt(Count::number).reversed().thenComparing(Count::of))
        .limit(SHOWN)
        .forEach(count -> System.out.printf("  %5d  %s%n", count.number(), count.of()));
  }

  private void printLongFiles() {
    System.out.printf(
        "files over %d lines without a reason: %d (limit: 0, %s); with one: %d%n",
        LINES_PER_FILE,
        longFiles.size(),
        verdict("files over " + LINES_PER_FILE + " lines without a reason", longFiles.size(), 0),
        excusedFiles.size());
    Stream.concat(
            longFiles.stream(),
            excusedFiles.stream().map(f -> new Count(f.number(), f.of() + " (reason given)")))
        .sorted(Comparator.comparingInt(Count::number).reversed())
        .forEach(count -> System.out.printf("  %5d  %s%n", count.number(), count.of()));
  }

  private void printLines() {
    var product = new TreeMap<>(linesOfModules);
    var testkit = product.remove(TESTKIT);
    var sum = product.values().stream().mapToInt(Integer::intValue).sum();
    System.out.printf("main lines of code without the testkit: %d%n", sum);
    product.forEach((module, lines) -> System.out.printf("  %5d  %s%n", lines, module));
    System.out.printf("  %5d  %s, apart%n", testkit, TESTKIT);
  }

  private static void printSum(String title, Map<String, Integer> counts) {
    System.out.printf(
        "%s: %d%n", title, counts.values().stream().mapToInt(Integer::intValue).sum());
    counts.forEach((name, count) -> System.out.printf("  %5d  %s%n", count, name));
  }
}
