package io.numa.avatar;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import okhttp3.OkHttpClient;

/**
 * The rules between the modules: which module may use which, and which uses a library.
 *
 * <p>Packages are matched by the end of their names, so that the rules also check the offenders in
 * {@code io.numa.avatar.hexagonfixtures.avatar}. Each rule must fail on one of them.
 */
final class HexagonRules {
  private static final String[] ADAPTERS = {
    "..avatar.git..",
    "..avatar.backend..",
    "..avatar.process..",
    "..avatar.journal..",
    "..avatar.nats..",
    "..avatar.notify..",
    "..avatar.agent..",
    "..avatar.egress..",
    "..avatar.server..",
    "..avatar.telemetry.."
  };

  private static final String[] ADAPTERS_AND_RUNNER = {
    "..avatar.git..",
    "..avatar.backend..",
    "..avatar.process..",
    "..avatar.journal..",
    "..avatar.nats..",
    "..avatar.notify..",
    "..avatar.agent..",
    "..avatar.egress..",
    "..avatar.server..",
    "..avatar.telemetry..",
    "..avatar.cli.."
  };

  @ArchTest
  static final ArchRule ADAPTERS_NEVER_SEE_EACH_OTHER =
      slices()
          .matching(
              "..avatar.(git|backend|process|journal|nats|notify|agent|egress|server|telemetry)..")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule ADAPTERS_ARE_SEEN_BY_THE_RUNNER_ALONE =
      noClasses()
          .that()
          .resideInAPackage("..avatar..")
          .and()
          .resideOutsideOfPackages(ADAPTERS_AND_RUNNER)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ADAPTERS);

  /** A type there is public only because the packages beside it need it. */
  @ArchTest
  static final ArchRule INTERNAL_PACKAGES_ARE_PRIVATE =
      classes().that().resideInAPackage("..avatar..").should(onlyUseInternalPackagesOfTheirOwn());

  @ArchTest
  static final ArchRule GUICE_ONLY_WIRES =
      only("..avatar.cli.wiring..", "com.google.inject..", "jakarta.inject..", "javax.inject..");

  @ArchTest
  static final ArchRule PICOCLI_ONLY_READS_COMMANDS_AND_COLOURS =
      noClasses()
          .that()
          .resideInAPackage("..avatar..")
          .and()
          .resideOutsideOfPackage("..avatar.cli.command..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("picocli..")
                  .and(DescribedPredicate.not(nameMatching(".*\\$Help\\$Ansi(\\$.*)?"))));

  @ArchTest
  static final ArchRule COLOURS_ARE_FOR_THE_CONSOLE =
      noClasses()
          .that()
          .resideInAPackage("..avatar..")
          .and()
          .resideOutsideOfPackages("..avatar.cli.command..", "..avatar.cli.console..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");

  @ArchTest
  static final ArchRule JGIT_STAYS_WITH_GIT =
      noClasses()
          .that()
          .resideInAPackage("..avatar..")
          .and()
          .resideOutsideOfPackages("..avatar.git..", "..avatar.testkit..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.eclipse.jgit..", "org.apache.sshd..");

  @ArchTest
  static final ArchRule HTTP_CLIENT_STAYS_WITH_THE_ADAPTERS =
      noClasses()
          .that()
          .resideInAPackage("..avatar..")
          .and()
          .resideOutsideOfPackages(
              "..avatar.http..",
              "..avatar.backend..",
              "..avatar.git..",
              "..avatar.notify..",
              "..avatar.agent..",
              "..avatar.egress..",
              "..avatar.telemetry..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("okhttp3..", "okio..");

  /** Other clients would let the end of a request wait; see PromptSockets. */
  @ArchTest
  static final ArchRule HTTP_CLIENTS_BEGIN_IN_ONE_PLACE =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.numa.avatar.http.HttpClients")
          .should()
          .callConstructor(OkHttpClient.Builder.class)
          .orShould()
          .callConstructor(OkHttpClient.class);

  /** The testkit's fakes hold scripts of tests, which have one method. */
  @ArchTest
  static final ArchRule WRAPPERS_PASS_ON_EACH_METHOD =
      classes()
          .that()
          .resideInAPackage("..avatar..")
          .and()
          .resideOutsideOfPackage("..avatar.testkit..")
          .should(Wrappers.passOnEachMethod());

  @ArchTest
  static final ArchRule RETRIES_STAY_WITH_HTTP_CALLS =
      only("..avatar.http..", "io.github.resilience4j..");

  @ArchTest
  static final ArchRule HTTP_CALLS_ARE_FOR_ADAPTERS =
      noClasses()
          .that()
          .resideInAPackage("..avatar..")
          .and()
          .resideOutsideOfPackages(ADAPTERS_AND_RUNNER)
          .and()
          .resideOutsideOfPackage("..avatar.http..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..avatar.http..");

  @ArchTest
  static final ArchRule DATABASE_STAYS_WITH_THE_JOURNAL =
      only("..avatar.journal..", "org.sqlite..", "java.sql..", "javax.sql..");

  @ArchTest static final ArchRule NATS_STAYS_WITH_ITS_QUEUE = only("..avatar.nats..", "io.nats..");

  @ArchTest
  static final ArchRule TRACES_STAY_WITH_TELEMETRY =
      only("..avatar.telemetry..", "io.opentelemetry..");

  @ArchTest
  static final ArchRule SCHEMAS_VALIDATE_DOCUMENTS_ALONE =
      only("..avatar.document..", "com.networknt..");

  @ArchTest
  static final ArchRule DOCUMENTS_KNOW_NO_OTHER_MODULE =
      noClasses()
          .that()
          .resideInAPackage("..avatar.document..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("..avatar..")
                  .and(DescribedPredicate.not(resideInAPackage("..avatar.document.."))));

  @ArchTest
  static final ArchRule TESTKIT_IS_FOR_THE_DEMO =
      noClasses()
          .that()
          .resideInAPackage("..avatar..")
          .and()
          .resideOutsideOfPackages("..avatar.testkit..", "..avatar.cli.demo..")
          .and()
          .doNotHaveSimpleName("DemoCommand")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..avatar.testkit..");

  @ArchTest
  static final ArchRule PORTS_SPEAK_OF_VALUES_ALONE =
      classes()
          .that()
          .resideInAPackage("..avatar.port..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "..avatar.port..",
              "..avatar.task..",
              "..avatar.plan..",
              "..avatar.workspace..",
              "java..",
              "org.jspecify.annotations");

  private HexagonRules() {}

  private static ArchCondition<JavaClass> onlyUseInternalPackagesOfTheirOwn() {
    return new ArchCondition<>("only use internal packages of their own") {
      @Override
      public void check(JavaClass user, ConditionEvents events) {
        user.getDirectDependenciesFromSelf().stream()
            .filter(use -> !mayUse(user, use.getTargetClass()))
            .forEach(use -> events.add(violated(use, use.getDescription())));
      }
    };
  }

  /**
   * The package above {@code internal}, and all packages below that, may use types in {@code
   * internal}.
   */
  private static boolean mayUse(JavaClass user, JavaClass used) {
    String name = used.getBaseComponentType().getPackageName();
    int internal = name.indexOf(".internal");
    return internal < 0
        || !name.contains(".avatar.")
        || (user.getPackageName() + '.').startsWith(name.substring(0, internal) + '.');
  }

  /** Only classes of {@code home} use {@code library}. */
  private static ArchRule only(String home, String... library) {
    return noClasses()
        .that()
        .resideInAPackage("..avatar..")
        .and()
        .resideOutsideOfPackage(home)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(library);
  }
}
