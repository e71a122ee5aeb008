import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntSupplier;

/** Tests without a framework, so that nothing has to be fetched; reports as JUnit does. */
public class BasketTest {
  private record Case(int expected, IntSupplier actual) {}

  public static void main(String[] arguments) throws IOException {
    Map<String, Case> cases = new LinkedHashMap<>();
    cases.put("anEmptyBasketCostsNothing", new Case(0, new Basket()::total));
    cases.put("articlesAddUp", new Case(350, basket(1, 1)::total));
    cases.put("severalOfOneArticleCostMore", new Case(700, basket(2, 2)::total));

    StringBuilder report = new StringBuilder("<testsuite name=\"BasketTest\">\n");
    int failed = 0;
    for (Map.Entry<String, Case> one : cases.entrySet()) {
      int actual = one.getValue().actual().getAsInt();
      boolean right = actual == one.getValue().expected();
      String problem = "expected " + one.getValue().expected() + " but was " + actual;
      System.out.println((right ? "ok     " : "FAILED ") + one.getKey() + (right ? "" : ": " + problem));
      report.append("  <testcase classname=\"BasketTest\" name=\"").append(one.getKey()).append("\">");
      report.append(right ? "" : "<failure message=\"" + problem + "\"/>").append("</testcase>\n");
      failed += right ? 0 : 1;
    }
    Files.createDirectories(Path.of("test-reports"));
    Files.writeString(Path.of("test-reports/TEST-Basket.xml"), report.append("</testsuite>\n"));
    System.exit(failed);
  }

  private static Basket basket(int apples, int pears) {
    Basket basket = new Basket();
    basket.add("äpple", 150, apples);
    basket.add("päron", 200, pears);
    return basket;
  }
}
