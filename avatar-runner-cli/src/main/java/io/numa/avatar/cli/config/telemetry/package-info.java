/** The section {@code telemetry} of the configuration; begin with {@code TelemetrySection}. */
@NullMarked
package io.numa.avatar.cli.config.telemetry;

import org.jspecify.annotations.NullMarked;
