package dev.cordon.examples;

import dev.cordon.LoadOptions;
import dev.cordon.Plugin;
import dev.cordon.PluginEngine;
import dev.cordon.capability.Grants;
import dev.cordon.error.CordonException;
import dev.cordon.error.PluginErrorException;
import dev.cordon.host.HostContext;
import dev.cordon.host.HostFunction;
import dev.cordon.host.HostFunctionException;
import dev.cordon.host.HostModule;
import dev.cordon.host.HostModuleName;
import dev.cordon.host.HostTerms;
import dev.cordon.trust.TrustPolicy;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Offers plugins functions of a shop, once by an interface and once by lambdas. */
public final class HostFunctionsExample {
    private HostFunctionsExample() {}

    /** An order as plugins write it. */
    public record Order(int article, int quantity) {}

    /** A price as plugins read it. */
    public record Quote(int article, long cents) {}

    /** What plugins may import from the module {@code app.orders}. */
    @HostModuleName("app.orders")
    public interface Orders {
        /** How many there are. */
        @HostFunction(capability = "orders.read")
        long stock(int article);

        /** What an order costs. */
        @HostFunction(capability = "orders.quote", fuel = 5_000, maxBytes = 1_024)
        Quote quote(HostContext context, Order order);

        /** A part of the price. */
        @HostFunction(capability = "orders.read")
        double discount(int article);
    }

    /** The shop itself. */
    private static final class Shop implements Orders {
        @Override
        public long stock(int article) {
            return article == 7 ? 40 : 0;
        }

        @Override
        public Quote quote(HostContext context, Order order) {
            if (order.quantity() > stock(order.article())) {
                throw new HostFunctionException("there are " + stock(order.article()));
            }
            context.charge(10L * order.quantity()); // more work, more fuel
            return new Quote(order.article(), 250L * order.quantity());
        }

        @Override
        public double discount(int article) {
            return 0.05;
        }
    }

    private static HostModule byLambdas(Orders shop) {
        HostTerms reading = HostTerms.defaults().withCapability("orders.read");
        HostTerms quoting = HostTerms.defaults().withCapability("orders.quote").withFuel(5_000);
        return HostModule.named("app.orders")
                .terms(reading)
                .function("stock", int.class, long.class, shop::stock)
                .function("discount", int.class, double.class, shop::discount)
                .terms(quoting.withMaxBytes(1_024))
                .function("quote", HostContext.class, Order.class, Quote.class, shop::quote);
    }

    /** Has a plugin ask the shop, and prints what came of it. */
    public static void run(Path orderDesk, PrintStream out) {
        Shop shop = new Shop();
        out.println("by an interface:");
        ask(HostModule.of(Orders.class, shop), orderDesk, out);
        out.println("by lambdas:");
        ask(byLambdas(shop), orderDesk, out);
    }

    private static void ask(HostModule orders, Path orderDesk, PrintStream out) {
        LoadOptions reader = LoadOptions.defaults().withGrants(Grants.of("host:call=orders.read"));
        LoadOptions all = LoadOptions.defaults().withGrants(Grants.of("host:call=orders.*"));
        try (PluginEngine engine =
                        PluginEngine.builder().trust(TrustPolicy.off()).hostModule(orders).build();
                Plugin desk = engine.load(orderDesk, all);
                Plugin looker = engine.load(orderDesk, reader);
                Plugin nobody = engine.load(orderDesk)) {
            out.println(text(desk, "stock", "\7"));
            out.println(text(desk, "quote", "{\"article\": 7, \"quantity\": 3}"));
            out.println(text(desk, "quote", "{\"article\": 7, \"quantity\": 41}"));
            out.println(text(desk, "quote", "{\"article\": 7, \"quantity\": \"all\"}"));
            out.println(text(looker, "stock", "\7"));
            out.println(text(looker, "quote", "{\"article\": 7, \"quantity\": 3}"));
            out.println(text(nobody, "discount", "\7"));
        }
    }

    private static String text(Plugin plugin, String command, String payload) {
        try {
            return plugin.call(command, payload.getBytes(StandardCharsets.UTF_8)).text();
        } catch (PluginErrorException error) {
            return "error: " + error.text();
        } catch (CordonException stopped) {
            return stopped.code() + " " + stopped.what();
        }
    }
}
