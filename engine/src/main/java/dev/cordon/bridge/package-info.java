/**
 * Commands and events between the application and its plugins: values, and what an application
 * implements to take part.
 *
 * <p>Takes nothing from the steps of loading or calling. Never decides and never delivers: that is
 * what dispatch does with these values.
 */
@NullMarked
package dev.cordon.bridge;

import org.jspecify.annotations.NullMarked;
