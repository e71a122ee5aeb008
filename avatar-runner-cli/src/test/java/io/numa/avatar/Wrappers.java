package io.numa.avatar;

import static java.util.stream.Collectors.toSet;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;

/** Classes that implement a port by another object of that port. */
final class Wrappers {
  private Wrappers() {}

  /** A method that is left to the port's default does not reach the wrapped object. */
  static ArchCondition<JavaClass> passOnEachMethod() {
    return new ArchCondition<>("pass on each method of a port that they wrap") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        Set<JavaClass> held =
            type.getFields().stream().map(field -> field.getRawType()).collect(toSet());
        type.getAllRawInterfaces().stream()
            .filter(port -> port.getPackageName().contains(".avatar.port") && held.contains(port))
            .flatMap(port -> port.getMethods().stream())
            .filter(method -> !method.getModifiers().contains(JavaModifier.STATIC))
            .filter(method -> !declares(type, method))
            .forEach(
                method ->
                    events.add(
                        SimpleConditionEvent.violated(
                            type, type.getName() + " does not pass on " + method.getName())));
      }
    };
  }

  private static boolean declares(JavaClass type, JavaMethod wanted) {
    return type.getMethods().stream()
        .anyMatch(
            method ->
                method.getName().equals(wanted.getName())
                    && method.getRawParameterTypes().equals(wanted.getRawParameterTypes()));
  }
}
