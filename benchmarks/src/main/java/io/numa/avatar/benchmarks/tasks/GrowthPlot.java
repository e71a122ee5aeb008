package io.numa.avatar.benchmarks.tasks;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Draws the time of warm tasks over the number of files in the repository. */
final class GrowthPlot {
  private static final int LEFT = 70;
  private static final int TOP = 30;
  private static final int WIDTH = 460;
  private static final int HEIGHT = 240;

  /** The number of parts of the vertical axis. */
  private static final int PARTS = 5;

  private final List<TrialResult> results;
  private final double most;
  private final StringBuilder svg = new StringBuilder();

  private GrowthPlot(List<TrialResult> results) {
    this.results = results;
    double highest =
        results.stream().mapToDouble(one -> Math.max(avatar(one), kept(one))).max().orElseThrow();
    this.most = roundUp(highest);
  }

  /** A diagram of at least two repositories, smallest first. Both axes begin at the lower left. */
  static String svg(List<TrialResult> results) {
    return new GrowthPlot(results).draw();
  }

  private static double avatar(TrialResult result) {
    return result.times(Phase.MOVED, Side.AVATAR).median();
  }

  private static double kept(TrialResult result) {
    return result.times(Phase.MOVED, Side.KEPT).median();
  }

  /** The smallest of 1, 2, 5, 10, 20, … that is not less than {@code value}. */
  private static double roundUp(double value) {
    double power = Math.pow(10, Math.floor(Math.log10(value)));
    for (double factor : new double[] {1, 2, 5}) {
      if (value <= factor * power) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  private String draw() {
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"660\" height=\"330\"");
    svg.append(" font-family=\"sans-serif\" font-size=\"12\">\n");
    svg.append("<rect width=\"660\" height=\"330\" fill=\"white\"/>\n");
    for (int i = 0; i <= PARTS; i++) {
      double millis = most * i / PARTS;
      line(LEFT, y(millis), LEFT + WIDTH, y(millis), "#ddd");
      text(LEFT - 8, y(millis) + 4, "end", Spread.text(millis));
    }
    for (TrialResult one : results) {
      text(x(one), TOP + HEIGHT + 18, "middle", String.format(Locale.ROOT, "%,d", one.files()));
    }
    text(LEFT - 8, TOP - 12, "end", "ms");
    text(LEFT + WIDTH / 2.0, TOP + HEIGHT + 40, "middle", "files in the repository");
    curve(GrowthPlot::avatar, "#0b5cad", "avatar");
    curve(GrowthPlot::kept, "#b3541e", "one kept checkout");
    return svg.append("</svg>\n").toString();
  }

  private void curve(ToDoubleFunction<TrialResult> millis, String color, String name) {
    TrialResult before = results.get(0);
    for (TrialResult one : results) {
      double height = y(millis.applyAsDouble(one));
      line(x(before), y(millis.applyAsDouble(before)), x(one), height, color);
      format("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>%n", x(one), height, color);
      before = one;
    }
    text(x(before) + 8, y(millis.applyAsDouble(before)) + 4, "start", name);
  }

  private double x(TrialResult result) {
    double first = Math.log(results.get(0).files());
    double last = Math.log(results.get(results.size() - 1).files());
    return LEFT + WIDTH * (Math.log(result.files()) - first) / (last - first);
  }

  private double y(double millis) {
    return TOP + HEIGHT * (1 - millis / most);
  }

  private void line(double x1, double y1, double x2, double y2, String color) {
    format(
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>%n",
        x1, y1, x2, y2, color);
  }

  private void text(double x, double y, String anchor, String text) {
    format("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, text);
  }

  private void format(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values));
  }
}
