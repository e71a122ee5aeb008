package io.numa.avatar.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Checks that the full sample is complete: a new component of a record must have a value there. */
class SamplesTest {
  @Test
  void fillsEveryFieldOfTheFullStatusSomewhere() throws Exception {
    var filled = new ArrayList<String>();
    var all = new ArrayList<String>();

    visit(Samples.everything(1), filled, all);

    assertThat(filled).containsAll(all).hasSizeGreaterThan(25);
  }

  private static void visit(Object value, List<String> filled, List<String> all) throws Exception {
    if (value instanceof Optional<?> optional) {
      if (optional.isPresent()) {
        visit(optional.get(), filled, all);
      }
    } else if (value instanceof Collection<?> items) {
      for (Object item : items) {
        visit(item, filled, all);
      }
    } else if (value.getClass().isRecord()) {
      for (RecordComponent component : value.getClass().getRecordComponents()) {
        var name = value.getClass().getSimpleName() + "." + component.getName();
        Object held = component.getAccessor().invoke(value);
        all.add(name);
        if (!isEmpty(held)) {
          filled.add(name);
        }
        visit(held, filled, all);
      }
    }
  }

  private static boolean isEmpty(Object value) {
    return value.equals(Optional.empty())
        || value.equals(OptionalInt.empty())
        || value.equals(List.of());
  }
}
