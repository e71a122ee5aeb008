/**
 * Traces: what an attempt does and how long each part takes, sent to a collector of OpenTelemetry.
 *
 * <p>Begin with {@link io.numa.avatar.telemetry.Tracing}. The runner makes an {@link
 * io.numa.avatar.telemetry.OtlpTracing} only if the operator wants traces; without it, no class of
 * OpenTelemetry is loaded.
 */
@NullMarked
package io.numa.avatar.telemetry;

import org.jspecify.annotations.NullMarked;
