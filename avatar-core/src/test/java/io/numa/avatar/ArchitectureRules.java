package io.numa.avatar;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.File;
import java.time.Clock;
import java.util.AbstractCollection;
import java.util.AbstractMap;
import java.util.Calendar;
import java.util.Date;
import java.util.Dictionary;
import java.util.regex.Pattern;

/**
 * The rules for the structure of the code. A test applies them to the core alone, or to the core
 * with adapters and runner.
 *
 * <p>The rules match packages by the end of their names. So they also match the offenders in {@code
 * io.numa.avatar.archfixtures.avatar}, which prove that each rule can fail.
 */
final class ArchitectureRules {
  private static final String[] VALUES = {"..avatar.task..", "..avatar.plan.."};

  private static final String[] VALUES_AND_PORTS = {
    "..avatar.task..", "..avatar.plan..", "..avatar.port.."
  };

  private static final String[] PIPELINE = {
    "..avatar.run..",
    "..avatar.queue..",
    "..avatar.bridge..",
    "..avatar.worker..",
    "..avatar.operation..",
    "..avatar.followup.."
  };

  private static final String[] ROOMS_OF_THE_PIPELINE = {
    "..avatar.run.agent..",
    "..avatar.run.branch..",
    "..avatar.run.change..",
    "..avatar.run.command..",
    "..avatar.run.develop..",
    "..avatar.run.log..",
    "..avatar.run.report..",
    "..avatar.run.review..",
    "..avatar.run.setup..",
    "..avatar.run.test.."
  };

  private static final String[] CORE = {
    "..avatar.task..",
    "..avatar.plan..",
    "..avatar.workspace..",
    "..avatar.port..",
    "..avatar.metric..",
    "..avatar.text..",
    "..avatar.time..",
    "..avatar.run..",
    "..avatar.queue..",
    "..avatar.bridge..",
    "..avatar.worker..",
    "..avatar.operation..",
    "..avatar.followup.."
  };

  /** The packages of the JDK's modules java.base and java.xml. */
  private static final String[] JDK = {"java..", "javax.xml..", "org.w3c.dom..", "org.xml.sax.."};

  @ArchTest
  static final ArchRule CORE_KEEPS_TO_THE_JDK_AND_TWO_APIS =
      classes()
          .that()
          .resideInAnyPackage(CORE)
          .should()
          .onlyDependOnClassesThat(
              belongToPackages(CORE)
                  .or(belongToPackages(JDK))
                  .or(belongToPackages("org.slf4j", "org.jspecify.annotations")));

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("..avatar.(**)").should().beFreeOfCycles();

  /** This rule leaves out {@code run.secret}, because the runner uses it, too. */
  @ArchTest
  static final ArchRule ROOMS_OF_THE_PIPELINE_ARE_PRIVATE =
      noClasses()
          .that()
          .resideInAPackage("..avatar..")
          .and()
          .resideOutsideOfPackage("..avatar.run..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOMS_OF_THE_PIPELINE);

  @ArchTest
  static final ArchRule VALUES_AND_PORTS_KNOW_NO_PIPELINE =
      noClasses()
          .that()
          .resideInAnyPackage(VALUES_AND_PORTS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(PIPELINE);

  @ArchTest
  static final ArchRule VALUES_AND_PORTS_DO_NOT_LOG =
      noClasses()
          .that()
          .resideInAnyPackage(VALUES_AND_PORTS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.slf4j..", "java.util.logging..", "java.lang.System.Logger..");

  /** Only the {@code Cases} of a sealed type may be implemented outside. */
  @ArchTest
  static final ArchRule VALUES_ARE_CLOSED =
      classes()
          .that()
          .resideInAnyPackage(VALUES)
          .and(are(not(packageInfo())))
          .and()
          .doNotHaveSimpleName("Cases")
          .should(be(finalClass().or(sealedType())));

  @ArchTest
  static final ArchRule CLASSES_ARE_NOT_LEFT_OPEN =
      classes()
          .that()
          .resideInAPackage("..avatar..")
          .and()
          .areTopLevelClasses()
          .and()
          .areNotInterfaces()
          .should(be(finalClass().or(sealedType()).or(abstractClass()).or(refinedException())));

  @ArchTest
  static final ArchRule STATICS_NEVER_CHANGE =
      fields()
          .that()
          .areDeclaredInClassesThat()
          .resideInAPackage("..avatar..")
          .and()
          .areStatic()
          .should()
          .beFinal()
          .andShould()
          .notHaveRawType(thatChanges())
          .as("static fields should be final, and of no type that is made to change");

  @ArchTest
  static final ArchRule CLASSES_OF_OLD_HAVE_NEW_ONES =
      noClasses()
          .that()
          .resideInAPackage("..avatar..")
          .should()
          .dependOnClassesThat(
              belongToAnyOf(File.class, Date.class, Calendar.class, Dictionary.class));

  /** Waiting for a condition with a limit is not a pause, and needs none of these calls. */
  @ArchTest
  static final ArchRule TIME_HAS_ONE_HOME =
      noClasses()
          .that()
          .resideInAPackage("..avatar..")
          .and()
          .resideOutsideOfPackage("..avatar.time..")
          .should()
          .accessTargetWhere(isTheMachinesTime());

  /**
   * A cut through a secret leaves a piece of it, so only {@code Redacted} texts are shortened. The
   * rule finds the ellipsis at a cut. The configuration is shown before its secrets are known, to
   * the operator only. The operator's commands show documents, which have no secrets.
   */
  @ArchTest
  static final ArchRule SHORTENING_HAS_ONE_HOME =
      classes()
          .that()
          .resideInAPackage("..avatar..")
          .and()
          .resideOutsideOfPackages(
              "..avatar.run.secret..", "..avatar.cli.config..", "..avatar.cli.console.operation..")
          .should(cutNoText());

  /** Reading the flag is harmless. Clearing it lets the thread continue. */
  @ArchTest
  static final ArchRule INTERRUPTS_ARE_CLEARED_IN_ONE_PLACE =
      noClasses()
          .that()
          .resideInAPackage("..avatar..")
          .and()
          .resideOutsideOfPackage("..avatar.time..")
          .should()
          .callMethod(Thread.class, "interrupted");

  /** Clocks, pauses and timers that a test cannot control. */
  private static final Pattern MACHINES_TIME =
      Pattern.compile(
          String.join(
              "|",
              "System\\.(nanoTime|currentTimeMillis)",
              "(Thread|TimeUnit)\\.sleep",
              "LockSupport\\.park(Nanos|Until)",
              "(Clock|InstantSource)\\.(system|tick(Millis|Seconds|Minutes)).*",
              "(Timer|ScheduledThreadPoolExecutor)\\.<init>",
              "Executors\\.new(SingleThread)?Scheduled.*",
              "CompletableFuture\\.(delayedExecutor|orTimeout|completeOnTimeout)"));

  private ArchitectureRules() {}

  private static ArchCondition<JavaClass> cutNoText() {
    return new ArchCondition<>("cut no text") {
      @Override
      public void check(JavaClass user, ConditionEvents events) {
        if (Ellipses.isAtACut(user.getSource().orElseThrow().getUri())) {
          events.add(SimpleConditionEvent.violated(user, user.getName() + " cuts a text"));
        }
      }
    };
  }

  private static DescribedPredicate<JavaAccess<?>> isTheMachinesTime() {
    return describe(
        "is the machine's time",
        access -> {
          String owner = access.getTargetOwner().getSimpleName();
          return MACHINES_TIME.matcher(owner + "." + access.getName()).matches()
              || isNow(access.getTarget());
        });
  }

  /** Such as {@code Instant.now()}, but not {@code Instant.now(clock)}. */
  private static boolean isNow(AccessTarget target) {
    return target.getOwner().getPackageName().equals("java.time")
        && target instanceof AccessTarget.CodeUnitAccessTarget method
        && method.getName().equals("now")
        && method.getRawParameterTypes().stream().noneMatch(it -> it.isEquivalentTo(Clock.class));
  }

  private static DescribedPredicate<JavaClass> belongToPackages(String... packages) {
    // Check the element type of an array, because the array itself has no package.
    var residence = JavaClass.Predicates.resideInAnyPackage(packages);
    return describe(
        residence.getDescription(),
        type -> type.getBaseComponentType().isPrimitive() || residence.test(type));
  }

  private static DescribedPredicate<JavaClass> packageInfo() {
    return describe("package-info", type -> type.getSimpleName().equals("package-info"));
  }

  private static DescribedPredicate<JavaClass> finalClass() {
    return describe("final", type -> type.getModifiers().contains(JavaModifier.FINAL));
  }

  private static DescribedPredicate<JavaClass> sealedType() {
    return describe("sealed", type -> type.reflect().isSealed());
  }

  private static DescribedPredicate<JavaClass> abstractClass() {
    return describe("abstract", type -> type.getModifiers().contains(JavaModifier.ABSTRACT));
  }

  private static DescribedPredicate<JavaClass> refinedException() {
    return describe(
        "an exception with kinds of its own",
        type -> type.isAssignableTo(Throwable.class) && !type.getSubclasses().isEmpty());
  }

  private static DescribedPredicate<JavaClass> thatChanges() {
    return describe(
        "that changes",
        type ->
            type.getPackageName().startsWith("java.util.concurrent.atomic")
                || type.isAssignableTo(AbstractCollection.class)
                || type.isAssignableTo(AbstractMap.class)
                || type.isAssignableTo(ThreadLocal.class)
                || type.isAssignableTo(Appendable.class));
  }

  private static ArchCondition<JavaClass> be(DescribedPredicate<JavaClass> predicate) {
    return ArchCondition.from(predicate.as("be " + predicate.getDescription()));
  }
}
