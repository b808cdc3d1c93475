// The only module that loads ECharts, and is itself loaded on demand: a page without a chart never pays for it.
// Canvas on purpose: the SVG renderer writes style attributes, which the content security policy forbids.
import { BarChart, LineChart, SankeyChart } from 'echarts/charts';
import { AriaComponent, GridComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

use([BarChart, LineChart, SankeyChart, GridComponent, TooltipComponent, AriaComponent, CanvasRenderer]);

export { init };
