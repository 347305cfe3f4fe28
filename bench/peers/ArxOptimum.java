import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deidentifier.arx.ARXAnonymizer;
import org.deidentifier.arx.ARXConfiguration;
import org.deidentifier.arx.ARXResult;
import org.deidentifier.arx.AttributeType;
import org.deidentifier.arx.Data;
import org.deidentifier.arx.DataHandle;
import org.deidentifier.arx.criteria.BasicBLikeness;
import org.deidentifier.arx.criteria.DDisclosurePrivacy;
import org.deidentifier.arx.criteria.DistinctLDiversity;
import org.deidentifier.arx.criteria.EnhancedBLikeness;
import org.deidentifier.arx.criteria.EntropyLDiversity;
import org.deidentifier.arx.criteria.EqualDistanceTCloseness;
import org.deidentifier.arx.criteria.KAnonymity;
import org.deidentifier.arx.criteria.OrderedDistanceTCloseness;
import org.deidentifier.arx.criteria.PrivacyCriterion;
import org.deidentifier.arx.criteria.RecursiveCLDiversity;
import org.deidentifier.arx.metric.Metric;

/**
 * Asks ARX for the optimal global recoding of a table and prints what it found and what it took.
 *
 * Usage: java -cp ARX ArxOptimum TABLE.csv HIERARCHY_PREFIX RUNS < TASKS; every task is one line
 * `name|suppression|metric|quasi,quasi,...|sensitive or -|model[ value[ value]];model...`, every answer one line of
 * JSON: levels in the order asked, score, rows suppressed, nodes checked, processor seconds of each run (all threads,
 * compiler and collector included; the table is read before).
 */
public final class ArxOptimum {
    public static void main(String[] args) throws Exception {
        List<String[]> rows = read(Path.of(args[0]));
        int runs = Integer.parseInt(args[2]);
        BufferedReader tasks = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = tasks.readLine(); line != null; line = tasks.readLine()) {
            if (!line.isBlank()) {
                System.out.println(answer(line.split("\\|"), rows, args[1], runs));
            }
        }
    }

    private static String answer(String[] task, List<String[]> rows, String prefix, int runs) throws Exception {
        String[] quasi = task[3].split(",");
        List<String> seconds = new ArrayList<>();
        String found = "";
        for (int run = 0; run < runs; run++) {
            Data data = Data.create(rows);
            for (String name : rows.get(0)) {
                data.getDefinition().setAttributeType(name, AttributeType.INSENSITIVE_ATTRIBUTE);
            }
            for (String name : quasi) {
                AttributeType.Hierarchy.DefaultHierarchy levels = AttributeType.Hierarchy.create();
                read(Path.of(prefix + name + ".csv")).forEach(levels::add);
                data.getDefinition().setAttributeType(name, levels);
            }
            if (!task[4].equals("-")) {
                data.getDefinition().setAttributeType(task[4], AttributeType.SENSITIVE_ATTRIBUTE);
            }
            ARXConfiguration wanted = ARXConfiguration.create(Double.parseDouble(task[1]), metric(task[2]));
            for (String model : task[5].split(";")) {
                wanted.addPrivacyModel(model(model.split(" "), task[4]));
            }
            long start = used();
            ARXResult result = new ARXAnonymizer().anonymize(data, wanted);
            seconds.add(String.valueOf((used() - start) / 1e9));
            found = describe(result, quasi);
        }
        return "{\"name\": \"" + task[0] + "\", " + found + ", \"cpu\": " + seconds + "}";
    }

    private static String describe(ARXResult result, String[] quasi) {
        String checked = "\"checked\": " + result.getProcessStatistics().getTransformationsChecked();
        if (!result.isResultAvailable()) {
            return "\"levels\": null, " + checked;
        }
        int[] levels = Arrays.stream(quasi).mapToInt(result.getGlobalOptimum()::getGeneralization).toArray();
        DataHandle output = result.getOutput(false);
        int suppressed = 0;
        for (int row = 0; row < output.getNumRows(); row++) {
            suppressed += output.isOutlier(row) ? 1 : 0;
        }
        return "\"levels\": " + Arrays.toString(levels) + ", \"score\": \"" + result.getGlobalOptimum().getLowestScore()
            + "\", \"suppressed\": " + suppressed + ", \"optimal\": " + result.getProcessStatistics().getSteps().get(0).isOptimal()
            + ", " + checked;
    }

    private static Metric<?> metric(String name) {
        switch (name) {
            case "loss": return Metric.createLossMetric();
            case "loss-mean": return Metric.createLossMetric(Metric.AggregateFunction.ARITHMETIC_MEAN);
            case "aecs": return Metric.createAECSMetric();
            case "discernibility": return Metric.createDiscernabilityMetric();
            case "entropy": return Metric.createEntropyMetric();
            case "precision": return Metric.createPrecisionMetric();
            case "height": return Metric.createHeightMetric();
            default: throw new IllegalArgumentException(name);
        }
    }

    private static PrivacyCriterion model(String[] words, String sensitive) {
        double first = Double.parseDouble(words[1]);
        switch (words[0]) {
            case "k": return new KAnonymity((int) first);
            case "distinct": return new DistinctLDiversity(sensitive, (int) first);
            case "entropy": return new EntropyLDiversity(sensitive, first);
            case "recursive": return new RecursiveCLDiversity(sensitive, first, Integer.parseInt(words[2]));
            case "equal": return new EqualDistanceTCloseness(sensitive, first);
            case "ordered": return new OrderedDistanceTCloseness(sensitive, first);
            case "disclosure": return new DDisclosurePrivacy(sensitive, first);
            case "basic": return new BasicBLikeness(sensitive, first);
            case "enhanced": return new EnhancedBLikeness(sensitive, first);
            default: throw new IllegalArgumentException(words[0]);
        }
    }

    private static List<String[]> read(Path path) throws Exception {
        List<String[]> rows = new ArrayList<>();
        for (String line : Files.readAllLines(path, StandardCharsets.UTF_8)) {
            rows.add(line.split(";", -1));
        }
        return rows;
    }

    private static long used() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
