import java.util.ArrayList;
import java.util.List;

/** What a customer is about to buy. */
public class Basket {
  private record Line(String article, int cents, int count) {}

  private final List<Line> lines = new ArrayList<>();

  public void add(String article, int cents, int count) {
    lines.add(new Line(article, cents, count));
  }

  /** The sum of all lines, in cents. */
  public int total() {
    int total = 0;
    for (Line line : lines) {
      total += line.cents();
    }
    return total;
  }
}
