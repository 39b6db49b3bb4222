/**
 * Brings commands to the one who handles them and events to those who subscribed.
 *
 * <p>Takes commands and events from the application and from guests, gives them to handlers,
 * subscribers and plugins. Never runs a guest itself and never widens what a plugin may do.
 */
@NullMarked
package dev.cordon.dispatch;

import org.jspecify.annotations.NullMarked;
